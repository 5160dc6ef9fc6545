import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLField } from 'graphql';
import { allow, rule } from 'graphql-shield';
import { DomainError } from '../../errors/domainError.ts';
import { assertBySession, assertVerified } from './callerRules.ts';
import type { GraphContext, KeyRight } from './context.ts';

/** Who may use a root field: one of the rules below, or one of a wing's own. */
export type AccessRule = typeof allow | ReturnType<ReturnType<typeof rule>>;

/** Anyone, with or without a credential. */
export const everyone = allow;

/** Only with a valid credential of any kind. */
export const signedIn = rule('signedIn', { cache: 'no_cache' })(
  (_root, _args, { caller }: GraphContext) => caller !== null || new DomainError('UNAUTHENTICATED'),
);

/** The error that `check` throws for a caller, as a rule returns it; UNAUTHENTICATED without one. */
function verdictOf(context: GraphContext, check: (context: GraphContext) => void): true | Error {
  if (!context.caller) return new DomainError('UNAUTHENTICATED');
  try {
    check(context);
    return true;
  } catch (error) {
    return error as Error;
  }
}

/** Only for an account whose address was proven; EMAIL_NOT_VERIFIED for others. */
export const verified = rule('verified', { cache: 'no_cache' })((_root, _args, context: GraphContext) =>
  verdictOf(context, ({ caller }) => assertVerified(caller)),
);

/** Only with a session: a key is not its owner, and gets CREDENTIAL_KIND_REFUSED. */
export const bySession = rule('bySession', { cache: 'no_cache' })((_root, _args, context: GraphContext) =>
  verdictOf(context, assertBySession),
);

/** The same, but open to keys at an API whose contract gives them this right. */
export const bySessionUnless = (right: KeyRight) =>
  rule(`bySessionUnless${right}`, { cache: 'no_cache' })((_root, _args, context: GraphContext) =>
    verdictOf(context, (each) => assertBySession(each, right)),
  );

/** Only for administrators, and for the command line on the server itself. */
export const administrator = rule('administrator', { cache: 'no_cache' })(
  (_root, _args, { caller }: GraphContext) => {
    if (!caller) return new DomainError('UNAUTHENTICATED');
    return caller.account.administrator || new DomainError('FORBIDDEN');
  },
);

interface AccessOptions {
  /** Who may use the field. Roles that depend on a location or a row are checked by the resolver. */
  readonly access: AccessRule;
}

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes, T extends object = object> {
      access: AccessPlugin<Types, T>;
    }
    // biome-ignore-start lint/correctness/noUnusedVariables: the parameters must be those of the merged interfaces
    export interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > extends AccessOptions {}
    export interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > extends AccessOptions {}
    export interface SubscriptionFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > extends AccessOptions {}
    // biome-ignore-end lint/correctness/noUnusedVariables: as above
  }
}

/** Carries the option `access` of root fields into the schema. */
class AccessPlugin<Types extends SchemaTypes, T extends object = object> extends BasePlugin<Types, T> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.kind !== 'Query' && field.kind !== 'Mutation' && field.kind !== 'Subscription') return field;
    const { access } = field.pothosOptions as unknown as Partial<AccessOptions>;
    if (!access) throw new Error(`The root field ${field.parentType}.${field.name} declares no access.`);
    return { ...field, extensions: { ...field.extensions, access } };
  }
}

/** The name by which the builder knows the plugin. */
export const accessPlugin = 'access';
SchemaBuilder.registerPlugin(accessPlugin, AccessPlugin);

/** The rule that a root field declares; undefined for a field that was added without the builder. */
export function accessOf({ extensions }: GraphQLField<unknown, unknown>): AccessRule | undefined {
  return extensions.access as AccessRule | undefined;
}
