import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type PrismaTypes from '../../generated/pothos.ts';
import { getDatamodel } from '../../generated/pothos.ts';
import { accessPlugin } from './access.ts';
import type { GraphContext } from './context.ts';
import { weigh } from './weight.ts';

/** The one schema builder; a noun's files add their types and root fields to it when they are imported. */
export const builder = new SchemaBuilder<{
  Context: GraphContext;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Connection: { totalCount: number | (() => Promise<number>) };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | string };
    BigInt: { Input: bigint; Output: bigint };
    JSON: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [accessPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    mutationInputArgOptions: { description: 'What the mutation takes.' },
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    pageInfoFieldOptions: { description: 'Where this page stands in the list.' },
    hasNextPageFieldOptions: { description: 'Whether something follows the page.' },
    hasPreviousPageFieldOptions: { description: 'Whether something precedes the page.' },
    startCursorFieldOptions: { description: 'The cursor of the first thing on the page.' },
    endCursorFieldOptions: { description: 'The cursor of the last thing on the page.' },
    edgesFieldOptions: { nullable: false, description: 'The things on the page, each with its cursor.' },
    nodeFieldOptions: { nullable: false, description: 'The thing itself.' },
    nodesOnConnection: { description: 'The things on the page.' },
    cursorFieldOptions: { description: 'For `after` and `before`.' },
    defaultConnectionTypeOptions: { description: 'One page of a list.' },
    defaultEdgeTypeOptions: { description: 'One thing in a list, with its cursor.' },
    firstArgOptions: { description: 'So many from the front; 50 unless given, at most 1000.' },
    lastArgOptions: { description: 'So many from the end, at most 1000.' },
    afterArgOptions: { description: 'Only what follows this cursor.' },
    beforeArgOptions: { description: 'Only what precedes this cursor.' },
  },
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    onUnusedQuery: process.env.NODE_ENV === 'test' ? 'error' : null,
  },
});

builder.queryType({ description: 'What can be read.' });
builder.mutationType({ description: 'What can be changed.' });
builder.subscriptionType({ description: 'What can be followed, over server-sent events.' });

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many items the whole list has, whatever the page.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: ({ totalCount }) => (typeof totalCount === 'function' ? totalCount() : totalCount),
  }),
);
