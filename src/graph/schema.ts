import type { GraphQLSchema } from 'graphql';
import './core/scalars.ts';
import './identity/schema.ts';
import './tunnels/schema.ts';
import './vpn/schema.ts';
import './inventory/schema.ts';
import { builder } from './core/builder.ts';
import { protect } from './core/protect.ts';

/** The graph without its rules; only for printing. */
export const bareSchema: GraphQLSchema = builder.toSchema();

/** The graph as it is served: every root field behind its rule. */
export const schema: GraphQLSchema = protect(bareSchema);
