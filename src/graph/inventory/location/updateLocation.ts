import { Issues, invalid } from '../../../errors/issues.ts';
import type { Location, LocationRole } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText, type TextRule } from '../../core/checkText.ts';
import { diff } from '../activity/changes.ts';
import { inventoryServices } from '../services.ts';
import { LocationRoleEnum, lockLocationAs, lockLocationKeepingVersion, requireRole } from './roles.ts';
import { nameRule } from './rules.ts';
import { LocationType } from './type.ts';

const retentionDays = { min: 7, max: 365 };
const termRule: TextRule = { maxLength: 30 };

interface Input extends Readonly<Partial<Record<keyof typeof textRules, string | null>>> {
  readonly activityRetentionDays?: number | null;
  readonly trashRetentionDays?: number | null;
  readonly defaultJoinRole?: LocationRole | null;
}

const textRules = {
  name: nameRule,
  appName: nameRule,
  termBin: termRule,
  termLocation: termRule,
  termArea: termRule,
} as const;
const dayFields = ['activityRetentionDays', 'trashRetentionDays'] as const;

type Change = Partial<
  Pick<Location, keyof typeof textRules | (typeof dayFields)[number] | 'defaultJoinRole'>
>;

/** Throws INVALID_INPUT with every field that does not fit, and for an input that changes nothing. */
function check(input: Input): Change {
  const issues = new Issues();
  const change: Change = {};
  for (const [field, rule] of Object.entries(textRules) as [keyof typeof textRules, TextRule][]) {
    if (input[field] != null) change[field] = checkText(issues, field, input[field], rule);
  }
  for (const field of dayFields) {
    const days = input[field];
    if (days == null) continue;
    if (days < retentionDays.min || days > retentionDays.max) {
      issues.add(field, 'range', `must be between ${retentionDays.min} and ${retentionDays.max}`);
    }
    change[field] = days;
  }
  if (input.defaultJoinRole === 'ADMIN') issues.add('defaultJoinRole', 'range', 'must be member or viewer');
  else if (input.defaultJoinRole) change.defaultJoinRole = input.defaultJoinRole;
  issues.throwIfAny();
  if (Object.keys(change).length === 0)
    throw invalid('name', 'required', 'or another field to change is required');
  return change;
}

const snakeCase = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The log's form of a row: names and values as all its readers know them. */
function logged(values: Change): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      snakeCase(field),
      field === 'defaultJoinRole' ? String(value).toLowerCase() : value,
    ]),
  );
}

function pickLike(row: Location, like: Change): Change {
  return Object.fromEntries(Object.keys(like).map((field) => [field, row[field as keyof Change]])) as Change;
}

builder.relayMutationField(
  'updateLocation',
  {
    description: 'What to change of a location; what is left out stays.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The location.' }),
      name: t.string({ description: 'Not empty; at most 255 characters.' }),
      activityRetentionDays: t.int({ description: 'From 7 to 365.' }),
      trashRetentionDays: t.int({ description: 'From 7 to 365.' }),
      appName: t.string({ description: 'Not empty; at most 255 characters.' }),
      termBin: t.string({
        description: '`singular|plural`, at most 30 characters; empty for the usual word.',
      }),
      termLocation: t.string({ description: 'As `termBin`.' }),
      termArea: t.string({ description: 'As `termBin`.' }),
      defaultJoinRole: t.field({ type: LocationRoleEnum, description: 'MEMBER or VIEWER.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Changes a location. For its administrators.',
    resolve: async (_root, { input: { id, ...input } }, context) => {
      const caller = await requireRole(context, id, 'ADMIN');
      const data = check(input);
      const { before, location } = await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, id, 'ADMIN', lockLocationKeepingVersion);
        const before = await tx.location.findUniqueOrThrow({ where: { id } });
        return { before, location: await tx.location.update({ where: { id }, data }) };
      });
      const changes = diff(logged(pickLike(before, data)), logged(data));
      if (changes) {
        inventoryServices(context).activity.record(caller, {
          locationId: id,
          action: 'update',
          entityType: 'location',
          entityId: id,
          entityName: location.name,
          changes,
        });
      }
      return { location: { ...location, viewerId: caller.account.id, role: 'ADMIN' as const } };
    },
  },
  {
    description: 'What `updateLocation` returns.',
    outputFields: (t) => ({
      location: t.expose('location', { type: LocationType, description: 'The changed location.' }),
    }),
  },
);
