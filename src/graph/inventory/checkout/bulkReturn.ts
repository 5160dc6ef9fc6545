import type { BinVisibility } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { checkSelection } from '../../core/selection.ts';
import { type BinAccess, lookAgain } from '../bin/access.ts';
import { recordBulk } from '../item/recordBulk.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { bringBack, lockFor, type Out } from './bringBack.ts';
import { checkoutTables, visibleCheckouts } from './rows.ts';
import { accessTarget } from './target.ts';
import { type BulkError, BulkErrorType } from './types.ts';

/** A checkout that has ended, and the visibility of the bin that it was out of. */
interface Ended extends Out {
  readonly visibility: BinVisibility;
}

interface Outcome {
  readonly returned: readonly Ended[];
  readonly errors: readonly BulkError[];
}

/** Ends those of the checkouts that are visible and still open (OpenBin 25.3); a constant number of statements. */
async function returnCheckouts(
  context: GraphContext,
  caller: Caller,
  locationId: string,
  ids: readonly string[],
  target: BinAccess | undefined,
): Promise<Outcome> {
  const json = jsonSql(context.services.database);
  const { account } = caller;
  return context.db.$transaction(async (tx) => {
    await lockLocationAs(tx, caller, locationId, 'MEMBER', lockFor(target));
    if (target) await lookAgain(tx, target);
    const found = await tx.$queryRaw<Ended[]>`
      SELECT k."id", k."itemId", k."originBinId", b."visibility"
      FROM ${checkoutTables} JOIN ${json.rows(ids)} s ON s."value" = k."id"
      WHERE k."locationId" = ${locationId} AND ${visibleCheckouts(account.id)} ORDER BY s."at"`;
    if (found.length > 0) await bringBack(tx, json, found, account.id, target?.bin);
    const ended = new Set(found.map(({ id }) => id));
    const errors = ids.filter((id) => !ended.has(id)).map((id) => ({ id, reason: 'NOT_FOUND' as const }));
    return { returned: found, errors };
  });
}

builder.relayMutationField(
  'returnCheckouts',
  {
    description: 'Checkouts to end.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      checkoutIds: t.idList({ required: true, description: 'The checkouts.' }),
      targetBinId: t.id({
        description: 'A bin of the location for all of them; their own unless given.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Brings items back that anybody has taken. For members of the location. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE; NOT_FOUND for the bin.',
    resolve: async (_root, { input: { locationId, checkoutIds, targetBinId } }, context) => {
      const ids = checkSelection(context, 'checkoutIds', checkoutIds);
      const caller = await requireRole(context, locationId, 'MEMBER');
      const target = await accessTarget(context, locationId, targetBinId);
      const outcome = await returnCheckouts(context, caller, locationId, ids, target);
      recordBulk(
        context,
        { caller, locationId },
        {
          action: 'bulk_return',
          entityType: 'checkout',
          // What goes to another bin is seen there.
          subjects: outcome.returned.map(({ visibility }) => target?.bin ?? { visibility }),
          countsOf: (checkouts) => ({ returned: checkouts.length }),
        },
      );
      return outcome;
    },
  },
  {
    description: 'What became of checkouts that were to end.',
    outputFields: (t) => ({
      returnedCount: t.int({
        description: 'How many checkouts have ended.',
        resolve: ({ returned }) => returned.length,
      }),
      errors: t.expose('errors', {
        type: [BulkErrorType],
        description: 'The other checkouts, in the order of the input.',
      }),
    }),
  },
);
