import type { PrismaClient } from '../../src/generated/sqlite/client.ts';
import type { TestApp } from './app.ts';

/** Holds callers until `count` have come, then lets all go at once. Those that come later are not held. */
function createGate(count: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    arrived += 1;
    if (arrived >= count) open();
    await opened;
  };
}

/** Where callers are held: after this operation, with its result in their hands. */
export interface GatePlace {
  readonly model: 'account' | 'oneTimeSecret' | 'linkedIdentity';
  readonly operation: 'findUnique' | 'findUniqueOrThrow' | 'updateManyAndReturn';
  /** How many are waited for. */
  readonly count: number;
}

/** Holds requests of the app at a place while `work` runs; a race without it depends on luck. */
export async function withArrivalGate<Result>(
  app: TestApp,
  { model, operation, count }: GatePlace,
  work: () => Promise<Result>,
): Promise<Result> {
  const arrive = createGate(count);
  const { database } = app.services;
  const { db } = database;
  const gated = db.$extends({
    query: {
      $allModels: {
        async $allOperations({ model: of, operation: by, args, query }) {
          const result = await query(args);
          if (of?.toLowerCase() === model.toLowerCase() && by === operation) await arrive();
          return result;
        },
      },
    },
  });
  Object.assign(database, { db: gated as unknown as PrismaClient });
  try {
    return await work();
  } finally {
    Object.assign(database, { db });
  }
}
