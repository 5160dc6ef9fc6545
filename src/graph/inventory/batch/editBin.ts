import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Changes } from '../activity/changes.ts';
import { type BinAccess, lockBin } from '../bin/access.ts';
import { type BinChange, noBinChange, recordBinUpdate, writeBinChange } from '../bin/binChange.ts';
import { type Place, recordPlace } from './areaByName.ts';
import type { Batch } from './operation.ts';

/** What is to change in a bin; nothing when it is undefined. */
export interface Edit {
  readonly change: Partial<BinChange> | undefined;
  readonly place?: Place | undefined;
}

/** Changes a bin by what `plan` makes of it under the location's lock, and notes it in the log. */
export async function editBin(
  batch: Batch,
  access: BinAccess,
  plan: (tx: Prisma.TransactionClient) => Promise<Edit> | Edit,
): Promise<void> {
  const { context } = batch;
  const { changes, place, change } = await context.db.$transaction(async (tx) => {
    await lockBin(tx, access);
    const { change, place } = await plan(tx);
    const changes: Changes = change
      ? await writeBinChange(tx, context, access, { ...noBinChange, ...change })
      : {};
    return { changes, place, change };
  });
  recordPlace(batch, place);
  if (Object.keys(changes).length > 0) recordBinUpdate(context, access, changes, change?.name);
}
