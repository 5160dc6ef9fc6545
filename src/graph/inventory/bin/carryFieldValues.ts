import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { comparedName } from '../../core/text/names.ts';
import { appendFields } from '../customField/customFields.ts';
import { addFieldValues } from './contents.ts';

type Tx = Prisma.TransactionClient;

/**
 * The fields of a location by the names that they have elsewhere: of the very name, else one that differs in nothing
 * that can be seen. No field stands for two names.
 */
async function fieldsByName(
  tx: Tx,
  locationId: string,
  names: string[],
  mayMake: boolean,
): Promise<Map<string, string>> {
  const known = await tx.customField.findMany({ where: { locationId } });
  const ids = new Map<string, string>();
  const free = new Map(known.map((field) => [field.id, field]));
  for (const formOf of [(name: string) => name, comparedName]) {
    for (const name of names.filter((one) => !ids.has(one))) {
      const field = [...free.values()].find((one) => formOf(one.name) === formOf(name));
      if (!field) continue;
      ids.set(name, field.id);
      free.delete(field.id);
    }
  }
  const missing = mayMake ? names.filter((name) => !ids.has(name)) : [];
  for (const { name, id } of await appendFields(tx, locationId, missing)) ids.set(name, id);
  return ids;
}

/**
 * Ties the values of a bin's custom fields to the fields of the same names in another location. Those
 * that it lacks are made when `mayMake`; otherwise their values are lost (OpenBin 10.7). Call it under
 * the lock of that location.
 */
export async function carryFieldValues(
  tx: Tx,
  json: JsonSql,
  binId: string,
  locationId: string,
  mayMake: boolean,
): Promise<void> {
  const values = await tx.customFieldValue.findMany({
    where: { binId },
    select: { value: true, field: { select: { name: true } } },
    orderBy: { field: { position: 'asc' } },
  });
  if (values.length === 0) return;
  const names = values.map(({ field }) => field.name);
  const ids = await fieldsByName(tx, locationId, names, mayMake);
  const carried = new Map<string, string>();
  for (const { value, field } of values) {
    const id = ids.get(field.name);
    if (id) carried.set(id, value);
  }
  await tx.customFieldValue.deleteMany({ where: { binId } });
  await addFieldValues(tx, json, binId, carried);
}
