import type { GraphQLSchema } from 'graphql';
import './shared/scalars.ts';
import './account/index.ts';
import './session/index.ts';
import './identity/index.ts';
import './apiKey/index.ts';
import './tunnel/index.ts';
import './invitation/index.ts';
import './administration/index.ts';
import './service/index.ts';
import './vpn/index.ts';
import './location/index.ts';
import './membership/index.ts';
import './area/index.ts';
import './customField/index.ts';
import './bin/index.ts';
import './pin/index.ts';
import './scan/index.ts';
import './usage/index.ts';
import './item/index.ts';
import './checkout/index.ts';
import './tag/index.ts';
import './shopping/index.ts';
import './batch/index.ts';
import './activity/index.ts';
import './savedView/index.ts';
import './settings/index.ts';
import './deletion/index.ts';
import { builder } from './builder.ts';
import { protect } from './permissions.ts';

/** The graph without its rules; only for printing. */
export const bareSchema: GraphQLSchema = builder.toSchema();

/** The graph as it is served: every root field behind its rule. */
export const schema: GraphQLSchema = protect(bareSchema);
