import { Issues } from '../../../errors/issues.ts';
import { checkText } from '../../core/checkText.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { requireAdmin, requireEditor } from '../bin/access.ts';
import { assertFields } from '../bin/contents.ts';
import { checkNewBin } from '../bin/createBin.ts';
import { deleteBin } from '../bin/deleteBin.ts';
import { duplicateBin } from '../bin/duplicateBin.ts';
import { binNameRule } from '../bin/fields.ts';
import { insertBin } from '../bin/insertBin.ts';
import { restoreBin } from '../bin/restoreBin.ts';
import { assertMayHide, checkBinChange } from '../bin/updateBin.ts';
import { lockLocationAs } from '../location/roles.ts';
import { inventoryServices } from '../services.ts';
import { areaByName, recordPlace } from './areaByName.ts';
import { editBin } from './editBin.ts';
import { counted } from './itemOperations.ts';
import { checkAnyLook } from './look.ts';
import { operation, quoted } from './operation.ts';

/** `create_bin`. */
export const makeBin = operation({
  required: ['name'],
  optional: ['areaName', 'tags', 'items', 'color', 'icon', 'notes', 'cardStyle', 'customFields'],
  async run(batch, { areaName, color, items, ...fields }) {
    const { context, caller, locationId } = batch;
    const checked = checkNewBin({ ...fields, items: items?.map(counted), locationId });
    const look = checkAnyLook({ ...checked.look, ...(color !== undefined && { color }) });
    const { place, id } = await context.db.$transaction(async (tx) => {
      await lockLocationAs(tx, caller, locationId, 'MEMBER');
      const place = await areaByName(tx, batch, areaName ?? '');
      const json = jsonSql(context.services.database);
      await assertFields(tx, json, locationId, checked.customFields.keys());
      const bin = { ...checked, look, areaId: place.areaId };
      return { place, id: await insertBin(tx, json, caller.account.id, bin) };
    });
    recordPlace(batch, place);
    inventoryServices(context).activity.record(caller, {
      locationId,
      action: 'create',
      entityType: 'bin',
      entityId: id,
      entityName: checked.name,
    });
    return {
      details: `Created the bin ${quoted(checked.name)}`,
      made: { binId: id, binName: checked.name },
    };
  },
});

/** `update_bin`. */
export const changeBin = operation({
  required: ['binId'],
  optional: ['name', 'notes', 'tags', 'areaName', 'icon', 'color', 'cardStyle', 'visibility', 'customFields'],
  async run(batch, { binId, areaName, color, ...fields }) {
    const access = requireEditor(await batch.bin(binId));
    const checked = checkBinChange(fields);
    assertMayHide(access, checked);
    const look = checkAnyLook({ ...checked.look, ...(color !== undefined && { color }) });
    await editBin(batch, access, async (tx) => {
      const place = areaName === undefined ? undefined : await areaByName(tx, batch, areaName);
      return { change: { ...checked, look, areaId: place?.areaId }, place };
    });
    return { details: `Updated the bin ${quoted(checked.name ?? access.bin.name)}` };
  },
});

/** `delete_bin`. */
export const trashBin = operation({
  required: ['binId'],
  async run(batch, { binId }) {
    const access = requireAdmin(await batch.bin(binId));
    await deleteBin(batch.context, access);
    return { details: `Moved the bin ${quoted(access.bin.name)} to the trash` };
  },
});

/** `restore_bin`. */
export const untrashBin = operation({
  required: ['binId'],
  async run(batch, { binId }) {
    const access = requireAdmin(await batch.bin(binId, { trash: true }));
    await restoreBin(batch.context, access);
    return { details: `Restored the bin ${quoted(access.bin.name)}` };
  },
});

/** `duplicate_bin`. */
export const copyBin = operation({
  required: ['binId'],
  optional: ['newName'],
  async run(batch, { binId, newName }) {
    const access = await batch.bin(binId);
    const issues = new Issues();
    const name = newName === undefined ? undefined : checkText(issues, 'newName', newName, binNameRule);
    issues.throwIfAny();
    const copy = await duplicateBin(batch.context, access, { name, withCustomFields: false });
    return {
      details: `Copied the bin ${quoted(access.bin.name)} as ${quoted(copy.name)}`,
      made: { binId: copy.id, binName: copy.name },
    };
  },
});
