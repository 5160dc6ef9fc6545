import { Issues, invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import type { Sql } from '../../../platform/database/sql.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { type JsonSql, jsonSql } from '../../core/jsonSql.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { inventoryServices } from '../services.ts';
import { checkLook, textInputs } from './columns.ts';
import { unknownArea, unknownFields } from './contents.ts';
import { binNameRule, checkCustomFields, checkItems, checkTags } from './fields.ts';
import { BinItemInput, FieldValueInput } from './inputs.ts';
import { insertBin, type NewBin } from './insertBin.ts';
import { type BinRow, readBin } from './rows.ts';
import { BinType, BinVisibilityEnum } from './type.ts';

const { sql } = Prisma;

const inputFields = inputFieldsOf((t) => ({
  locationId: t.id({ required: true, description: 'The location.' }),
  name: t.string({ required: true, description: 'Trimmed; at most 255 characters.' }),
  areaId: t.string({ description: 'An area of the location; empty for none.' }),
  items: t.field({ type: [BinItemInput], description: 'At most 500; those without a name are left out.' }),
  tags: t.stringList({ description: 'At most 50 of at most 100 characters.' }),
  ...textInputs(t),
  visibility: t.field({ type: BinVisibilityEnum, description: 'LOCATION unless given.' }),
  customFields: t.field({ type: [FieldValueInput], description: 'Empty values are left out.' }),
}));

type Input = InputOf<typeof inputFields>;

/** A new bin's fields, checked on their own (OpenBin 10.2). Throws INVALID_INPUT. */
export function checkNewBin(input: Input): NewBin {
  if (input.locationId === '') throw invalid('locationId', 'required', 'is required');
  const issues = new Issues();
  const bin = {
    locationId: input.locationId,
    name: checkText(issues, 'name', input.name, binNameRule),
    areaId: input.areaId || null,
    items: checkItems(issues, input.items ?? []),
    tags: checkTags(issues, input.tags ?? []),
    customFields: checkCustomFields(issues, input.customFields ?? []),
    look: checkLook(issues, input),
    visibility: input.visibility ?? ('LOCATION' as const),
  };
  issues.throwIfAny();
  return bin;
}

/** Throws INVALID_INPUT unless a bin's area and custom fields are the location's; one statement, or none. */
async function assertPlace(writer: Sql, json: JsonSql, bin: NewBin): Promise<void> {
  const { locationId, areaId, customFields } = bin;
  if (areaId === null && customFields.size === 0) return;
  const [found] = await writer.rows<{ areas: number | string; fields: number | string }>(sql`
    SELECT
      (SELECT count(*) FROM "Area" WHERE "locationId" = ${locationId} AND "id" = ${areaId}) AS "areas",
      (SELECT count(*) FROM "CustomField" WHERE "locationId" = ${locationId}
        AND "id" IN (SELECT w."value" FROM ${json.rows(customFields.keys())} w)) AS "fields"`);
  if (areaId !== null && Number(found?.areas) !== 1) throw unknownArea();
  if (Number(found?.fields) !== customFields.size) throw unknownFields();
}

/** Makes a bin that was checked, for a caller who may, and notes it in the log. Throws INVALID_INPUT. */
export async function createBin(context: GraphContext, caller: Caller, bin: NewBin): Promise<BinRow> {
  const { database } = context.services;
  const json = jsonSql(database);
  const id = await database.transact(async (writer) => {
    // Who has been removed while the request waited for its turn must not write.
    await lockLocationAs(writer, caller, bin.locationId, 'MEMBER');
    await assertPlace(writer, json, bin);
    return insertBin(writer, json, caller.account.id, bin);
  });
  inventoryServices(context).activity.record(caller, {
    locationId: bin.locationId,
    action: 'create',
    entityType: 'bin',
    entityId: id,
    entityName: bin.name,
    isPrivate: bin.visibility === 'PRIVATE',
  });
  return readBin(context, caller.account.id, id);
}

builder.relayMutationField(
  'createBin',
  { description: 'A new bin.', inputFields },
  {
    access: signedIn,
    description: 'Makes a bin. For members of the location. Throws FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input }, context) => {
      const bin = checkNewBin(input);
      const caller = await requireRole(context, bin.locationId, 'MEMBER');
      return { bin: await createBin(context, caller, bin) };
    },
  },
  {
    description: 'A new bin.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The bin.' }) }),
  },
);
