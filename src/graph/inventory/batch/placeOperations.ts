import { Issues } from '../../../errors/issues.ts';
import { checkLook } from '../bin/columns.ts';
import { areaByName } from './areaByName.ts';
import { editBin } from './editBin.ts';
import { checkAnyLook } from './look.ts';
import { operation, quoted } from './operation.ts';

/** `set_area`. */
export const setArea = operation({
  required: ['binId', 'areaName'],
  optional: ['areaId'],
  async run(batch, { binId, areaName, areaId }) {
    const access = await batch.bin(binId);
    await editBin(batch, access, async (tx) => {
      const place = areaId === undefined ? await areaByName(tx, batch, areaName) : { areaId };
      return { change: { areaId: place.areaId }, place };
    });
    const isNowhere = areaId === undefined && areaName.trim() === '';
    return {
      details: isNowhere
        ? `Took the bin ${quoted(access.bin.name)} out of its area`
        : `Moved the bin ${quoted(access.bin.name)} to another area`,
    };
  },
});

/** `set_notes`. */
export const setNotes = operation({
  required: ['binId', 'mode'],
  optional: ['notes'],
  async run(batch, { binId, mode, notes = '' }) {
    const access = await batch.bin(binId);
    await editBin(batch, access, async (tx) => {
      const before = await tx.bin.findUnique({ where: { id: binId }, select: { notes: true } });
      const appended = before?.notes ? `${before.notes}\n${notes}` : notes;
      const issues = new Issues();
      const look = checkLook(issues, { notes: { SET: notes, APPEND: appended, CLEAR: '' }[mode] });
      issues.throwIfAny();
      return { change: { look } };
    });
    return { details: `Changed the notes of the bin ${quoted(access.bin.name)}` };
  },
});

/** `set_icon`. */
export const setIcon = operation({
  required: ['binId', 'icon'],
  async run(batch, { binId, icon }) {
    const access = await batch.bin(binId);
    const look = checkAnyLook({ icon });
    await editBin(batch, access, () => ({ change: { look } }));
    return { details: `Changed the icon of the bin ${quoted(access.bin.name)}` };
  },
});

/** `set_color`. */
export const setColor = operation({
  required: ['binId', 'color'],
  async run(batch, { binId, color }) {
    const access = await batch.bin(binId);
    const look = checkAnyLook({ color });
    await editBin(batch, access, () => ({ change: { look } }));
    return { details: `Changed the color of the bin ${quoted(access.bin.name)}` };
  },
});
