import { DomainError } from '../../../errors/domainError.ts';
import { deleteArea } from '../area/deleteArea.ts';
import { renameArea } from '../area/renameArea.ts';
import { requireRole } from '../location/roles.ts';
import { operation, quoted } from './operation.ts';

const unknown = (error: unknown): never => {
  const isUnknown = error instanceof DomainError && error.code === 'NOT_FOUND';
  throw isUnknown ? new DomainError('NOT_FOUND', { message: 'Area not found' }) : error;
};

/** `rename_area`. */
export const changeArea = operation({
  required: ['areaId', 'newName'],
  async run({ context, locationId }, { areaId: id, newName: name }) {
    const caller = await requireRole(context, locationId, 'ADMIN');
    const area = await renameArea(context, caller, { locationId, id, name }).catch(unknown);
    return { details: `Renamed the area to ${quoted(area.name)}` };
  },
});

/** `delete_area`. */
export const removeArea = operation({
  required: ['areaId'],
  async run({ context, locationId }, { areaId }) {
    const caller = await requireRole(context, locationId, 'ADMIN');
    const { name } = await deleteArea(context, caller, locationId, areaId).catch(unknown);
    return { details: `Deleted the area ${quoted(name)}` };
  },
});
