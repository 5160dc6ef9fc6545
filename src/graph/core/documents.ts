import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../../generated/introspection.d.ts';

/**
 * Makes a typed document: variables and result are inferred from schema.graphql, so that a
 * document which no longer fits fails the type check. The engine validates it again at start.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    /** RFC 3339 with milliseconds and `Z`. */
    DateTime: string;
    BigInt: number;
    JSON: unknown;
    ID: string;
  };
}>();

export type { ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada';
