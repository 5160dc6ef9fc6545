import { setTimeout as sleep } from 'node:timers/promises';
import { getOperationAST } from 'graphql';
import { type AssembledPlatform, assemblePlatform } from '../assemblePlatform.ts';
import type { Config } from '../config/config.ts';
import type { TadaDocumentNode } from '../graph/core/documents.ts';
import type { Events } from '../platform/events/events.ts';
import type { Log } from '../platform/log/log.ts';
import { Failure } from './failures.ts';
import { asOperator } from './operator.ts';

const connectWithinMs = 5000;

/** The graph, as the command line uses it. */
export interface OperatorGraph {
  /**
   * Runs a document with the operator's rights; throws the domain error. After a mutation it makes
   * sure that running servers have been told, and throws Failure when they could not be.
   */
  run<Data, Variables extends Record<string, unknown>>(
    document: TadaDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Lets go of the database and the rest, if they were needed at all. */
  close(): Promise<void>;
}

/** The graph of the server that `config` describes; nothing is opened before the first document. */
export function createOperatorGraph(config: Config, log: Log): OperatorGraph {
  let opening: Promise<AssembledPlatform> | undefined;
  return {
    async run(document, variables) {
      opening ??= assemblePlatform(config, log);
      const { services } = await opening;
      if (getOperationAST(document)?.operation !== 'mutation')
        return asOperator(services, document, variables);
      // A process that lives for a second would be gone before its connection stands. If there is
      // none the change is made all the same: a key that leaked must be revocable without Redis.
      await connected(services.events);
      const data = await asOperator(services, document, variables);
      if (services.events.healthy()) return data;
      throw new Failure(
        'Done, but running servers could not be told: for up to a minute they may go by what they remember.',
      );
    },
    async close() {
      // Parts that did not come up were reported by `run`.
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}

async function connected(events: Events): Promise<void> {
  const giveUpAt = performance.now() + connectWithinMs;
  while (!events.healthy() && performance.now() < giveUpAt) await sleep(10);
}
