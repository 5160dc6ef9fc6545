import type { BinScan } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';

/** As many scans of a person are kept (OpenBin 21). */
export const maxScans = 100;

export const BinScanType = builder.objectRef<BinScan>('BinScan').implement({
  description: 'Somebody scanned the label of a bin.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    binId: t.exposeID('binId', { description: 'The bin; it may be in the trash since.' }),
    scannedAt: t.expose('scannedAt', { type: 'DateTime', description: 'When, the last time.' }),
  }),
});
