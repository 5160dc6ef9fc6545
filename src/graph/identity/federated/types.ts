import type { IdentityProvider } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';

export const IdentityProviderEnum = builder.enumType('IdentityProvider', {
  description: 'Whose word is taken for who somebody is.',
  values: { GOOGLE: { description: 'Google.' } } satisfies Record<IdentityProvider, unknown>,
});

export const LinkedIdentityType = builder.prismaObject('LinkedIdentity', {
  description: 'An account at a provider that signs its owner in here.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    provider: t.expose('provider', { type: IdentityProviderEnum, description: 'The provider.' }),
    email: t.exposeString('email', {
      description: 'The address that the provider vouched for at the linking.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was linked.' }),
  }),
});

export const SignInMethodEnum = builder.enumType('SignInMethod', {
  description: 'A way to sign in to an account.',
  values: { PASSWORD: { description: 'Its password.' }, GOOGLE: { description: 'Google.' } } as const,
});
