import type { ApiKey, ApiKeyFormat } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { Payload } from '../../core/mutation.ts';

export const ApiKeyFormatEnum = builder.enumType('ApiKeyFormat', {
  description:
    'The form of a key’s text. Every key works on every API whatever its form, once the address of its account is proven.',
  values: {
    BINBOI: { description: '`binboi_pat_…`' },
    OPENBIN: { description: '`sk_openbin_…`' },
    RESTUME: { description: '`rst_…`' },
    BINGO: { description: '`bng_…`' },
  } satisfies Record<ApiKeyFormat, unknown>,
});

const ApiKeyStatus = builder.enumType('ApiKeyStatus', {
  description: 'Whether a key is accepted.',
  values: { ACTIVE: { description: 'It is accepted.' }, REVOKED: { description: 'It is refused for ever.' } },
});

export const ApiKeyType = builder.prismaObject('ApiKey', {
  description: 'A key that signs requests in as its account until it is revoked.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What its owner calls it.' }),
    format: t.expose('format', { type: ApiKeyFormatEnum, description: 'The form of its text.' }),
    prefix: t.exposeString('prefix', { description: 'The start of its text, safe to show.' }),
    status: t.field({
      type: ApiKeyStatus,
      description: 'Whether it is accepted.',
      resolve: (key) => (key.revokedAt ? 'REVOKED' : 'ACTIVE'),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last accepted, to the minute.',
    }),
    organizationId: t.exposeInt('organizationId', {
      nullable: true,
      description: 'The VPN organization that it acts for; null is its owner’s own.',
    }),
    createdByKeyId: t.exposeID('createdByKeyId', {
      nullable: true,
      description: 'The key that it was created with; null where a session did.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked.',
    }),
  }),
});

/** The payload of a mutation whose result is a key. */
export const apiKeyPayload = (description: string): Payload<{ readonly apiKey: ApiKey }> => ({
  description,
  outputFields: (t) => ({ apiKey: t.expose('apiKey', { type: ApiKeyType, description: 'The key.' }) }),
});
