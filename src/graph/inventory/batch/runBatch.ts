import { DomainError, toDomainError } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { accessBin, requireMember } from '../bin/access.ts';
import { requireRole } from '../location/roles.ts';
import { type CheckedOperation, checkOperations } from './checkOperations.ts';
import type { Batch } from './operation.ts';
import { reasonOf } from './reasonOf.ts';
import { BatchOperationInput, BatchResultType, type OperationResult } from './types.ts';

function batchOf(context: GraphContext, caller: Caller, locationId: string): Batch {
  return {
    context,
    caller,
    locationId,
    async bin(id, options) {
      // In the same words whether it is unknown, elsewhere or somebody's own.
      const unknown = () => new DomainError('NOT_FOUND', { message: 'Bin not found' });
      const access = await accessBin(context, id, options).catch((error) => {
        throw toDomainError(error).code === 'NOT_FOUND' ? unknown() : error;
      });
      if (access.bin.locationId !== locationId) throw unknown();
      return requireMember(access);
    },
  };
}

/** Runs one operation, which is undone alone when it fails. */
async function attempt(batch: Batch, { type, operation, given }: CheckedOperation): Promise<OperationResult> {
  try {
    const fields = new Set<string>([...operation.required, ...operation.optional]);
    // A field of other kinds of operations has no effect here.
    const own = Object.fromEntries(Object.entries(given).filter(([name]) => fields.has(name)));
    const { details, made } = await operation.run(batch, own as Parameters<typeof operation.run>[1]);
    const named = operation.required.includes('binId') && {
      binId: given.binId ?? undefined,
      binName: given.binName ?? '',
    };
    return { type, succeeded: true, details, ...named, ...made };
  } catch (thrown) {
    const error = toDomainError(thrown);
    const { services, request } = batch.context;
    if (error.code === 'INTERNAL')
      services.log.error({ err: error.cause, requestId: request.id }, 'operation of a batch failed');
    return { type, succeeded: false, details: reasonOf(error) };
  }
}

builder.relayMutationField(
  'runBatch',
  {
    description: 'Operations on a location.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location that all of them work in.' }),
      operations: t.field({ type: [BatchOperationInput], required: true, description: 'From 1 to 50.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Runs operations one after the other; one that fails is undone alone and the others go on. For members of the location. Throws LOCATION_REQUIRED, FORBIDDEN, or INVALID_INPUT, before anything is done, for the first that is not well formed.',
    resolve: async (_root, { input: { locationId, operations } }, context) => {
      if (locationId === '') throw new DomainError('LOCATION_REQUIRED');
      const caller = await requireRole(context, locationId, 'MEMBER');
      const batch = batchOf(context, caller, locationId);
      const results: OperationResult[] = [];
      for (const operation of checkOperations(operations)) results.push(await attempt(batch, operation));
      return { outcomes: results };
    },
  },
  {
    description: 'What became of the operations.',
    outputFields: (t) => ({
      outcomes: t.expose('outcomes', {
        type: [BatchResultType],
        description: 'What became of each, in their order.',
      }),
    }),
  },
);
