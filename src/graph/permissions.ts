import type { GraphQLSchema } from 'graphql';
import { applyMiddleware, type IMiddlewareFieldMap } from 'graphql-middleware';
import { type allow, deny, shield } from 'graphql-shield';
import type { signedIn } from './core/rules.ts';
import { accountPermissions } from './identity/account/permissions.ts';
import { administrationPermissions } from './identity/administration/permissions.ts';
import { apiKeyPermissions } from './identity/apiKey/permissions.ts';
import { deletionPermissions } from './identity/deletion/permissions.ts';
import { identityPermissions } from './identity/federated/permissions.ts';
import { invitationPermissions } from './identity/invitation/permissions.ts';
import { servicePermissions } from './identity/service/permissions.ts';
import { sessionPermissions } from './identity/session/permissions.ts';
import { areaPermissions } from './inventory/area/permissions.ts';
import { batchPermissions } from './inventory/batch/permissions.ts';
import { binPermissions } from './inventory/bin/permissions.ts';
import { checkoutPermissions } from './inventory/checkout/permissions.ts';
import { customFieldPermissions } from './inventory/customField/permissions.ts';
import { itemPermissions } from './inventory/item/permissions.ts';
import { locationPermissions } from './inventory/location/permissions.ts';
import { membershipPermissions } from './inventory/membership/permissions.ts';
import { pinPermissions } from './inventory/pin/permissions.ts';
import { savedViewPermissions } from './inventory/savedView/permissions.ts';
import { scanPermissions } from './inventory/scan/permissions.ts';
import { settingsPermissions } from './inventory/settings/permissions.ts';
import { shoppingPermissions } from './inventory/shopping/permissions.ts';
import { tagPermissions } from './inventory/tag/permissions.ts';
import { usagePermissions } from './inventory/usage/permissions.ts';
import { tunnelPermissions } from './tunnels/permissions.ts';
import { vpnPermissions } from './vpn/permissions.ts';

type FieldRule = typeof allow | typeof signedIn;
type RootType = 'Query' | 'Mutation' | 'Subscription';
type RootRules = Partial<Record<RootType, Record<string, FieldRule>>>;

const nouns: readonly RootRules[] = [
  accountPermissions,
  sessionPermissions,
  identityPermissions,
  apiKeyPermissions,
  tunnelPermissions,
  invitationPermissions,
  administrationPermissions,
  servicePermissions,
  ...vpnPermissions,
  locationPermissions,
  membershipPermissions,
  areaPermissions,
  binPermissions,
  pinPermissions,
  scanPermissions,
  usagePermissions,
  itemPermissions,
  checkoutPermissions,
  tagPermissions,
  shoppingPermissions,
  batchPermissions,
  customFieldPermissions,
  savedViewPermissions,
  settingsPermissions,
  deletionPermissions,
];

function rulesOf(type: RootType): Record<string, FieldRule> {
  return Object.assign({}, ...nouns.map((noun) => noun[type] ?? {}));
}

/** The rule of every root field. A root field without one is refused; a test finds it before that. */
export const rootRules = {
  Query: rulesOf('Query'),
  Mutation: rulesOf('Mutation'),
  Subscription: rulesOf('Subscription'),
};

/**
 * Puts the rules around the root fields, and only there: everything else is reached through a
 * root field, and a rule on every field of a list costs two to three times the execution
 * (docs/adr/0004). `allowExternalErrors` lets domain errors through; Yoga masks the rest.
 */
export function protect(schema: GraphQLSchema): GraphQLSchema {
  const generator = shield(rootRules, { fallbackRule: deny, allowExternalErrors: true });
  const { Query, Mutation, Subscription } = generator.generate(schema) as Record<
    RootType,
    IMiddlewareFieldMap
  >;
  const guarded = applyMiddleware(schema, { Query, Mutation });
  protectSubscriptions(guarded, Subscription);
  return guarded;
}

/**
 * graphql-middleware would wrap the `resolve` of a subscription field, so that its rule was asked
 * at the first event, after the subscription had begun. Here it stands before `subscribe`.
 */
function protectSubscriptions(schema: GraphQLSchema, rules: IMiddlewareFieldMap): void {
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    const { subscribe } = field;
    const guard = rules[name];
    if (typeof guard !== 'function' || !subscribe) throw new Error(`Subscription ${name} cannot be guarded.`);
    field.subscribe = (root, args, context, info) =>
      guard(async () => subscribe(root, args, context, info), root, args, context, info);
  }
}
