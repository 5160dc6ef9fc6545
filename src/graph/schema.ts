import type { GraphQLSchema } from 'graphql';
import './core/scalars.ts';
import './identity/account/index.ts';
import './identity/session/index.ts';
import './identity/federated/index.ts';
import './identity/apiKey/index.ts';
import './tunnels/index.ts';
import './identity/invitation/index.ts';
import './identity/administration/index.ts';
import './identity/service/index.ts';
import './vpn/index.ts';
import './inventory/location/index.ts';
import './inventory/membership/index.ts';
import './inventory/area/index.ts';
import './inventory/customField/index.ts';
import './inventory/bin/index.ts';
import './inventory/pin/index.ts';
import './inventory/scan/index.ts';
import './inventory/usage/index.ts';
import './inventory/item/index.ts';
import './inventory/checkout/index.ts';
import './inventory/tag/index.ts';
import './inventory/shopping/index.ts';
import './inventory/batch/index.ts';
import './inventory/activity/index.ts';
import './inventory/savedView/index.ts';
import './inventory/settings/index.ts';
import './identity/deletion/index.ts';
import { builder } from './core/builder.ts';
import { protect } from './permissions.ts';

/** The graph without its rules; only for printing. */
export const bareSchema: GraphQLSchema = builder.toSchema();

/** The graph as it is served: every root field behind its rule. */
export const schema: GraphQLSchema = protect(bareSchema);
