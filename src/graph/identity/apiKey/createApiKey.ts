import { DomainError } from '../../../errors/domainError.ts';
import type { ApiKey, ApiKeyFormat } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { AccountSnapshot } from '../../core/caller.ts';
import { assertVerified } from '../../core/callerRules.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { AccountType } from '../account/type.ts';
import { maxActiveKeys } from '../plan/limits.ts';
import { securityLog } from '../security/events.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { keyNameOf, makeKeyText } from './formats.ts';
import { ApiKeyFormatEnum, ApiKeyType } from './types.ts';

interface Created {
  readonly text: string;
  readonly apiKey: ApiKey;
  readonly account: AccountSnapshot;
}

interface Wanted {
  readonly name: string;
  readonly format: ApiKeyFormat;
  readonly organizationId: number | null;
}

/**
 * Whether a caller may create keys of this form. A key may where its contract manages keys by keys (Binboi 3.2,
 * OpenBin 18), and only keys of its own form: one that leaks must not reach further than it did.
 */
function assertMayCreate({ account, credential }: Caller, format: ApiKeyFormat): void {
  if (format !== 'OPENBIN') assertVerified({ account, credential });
  if (credential.kind !== 'API_KEY') return;
  const isManagedByKeys = format === 'BINBOI' || format === 'OPENBIN';
  if (!isManagedByKeys || credential.format !== format) throw new DomainError('CREDENTIAL_KIND_REFUSED');
}

/** Counts and inserts under the account's lock, so that parallel requests cannot pass the limit together. */
async function create(context: GraphContext, caller: Caller, wanted: Wanted): Promise<Created> {
  const { db, services } = context;
  const accountId = caller.account.id;
  const { name, format, organizationId } = wanted;
  const { credential } = caller;
  const createdByKeyId = credential.kind === 'API_KEY' ? credential.id : null;
  const security = securityLog(context);
  const created = await db.$transaction(async (tx) => {
    const account = await lockCaller(tx, caller);
    if (organizationId !== null) await services.lifecycle.bindKey(tx, accountId, organizationId);
    const active = await tx.apiKey.count({ where: { accountId, format, revokedAt: null } });
    if (active >= maxActiveKeys(account.plan, format)) throw new DomainError('API_KEY_LIMIT_REACHED');
    const { text, prefix, hash } = makeKeyText(format);
    const apiKey = await tx.apiKey.create({
      data: { id: newId(), accountId, name, format, prefix, hash, organizationId, createdByKeyId },
    });
    await security.record(tx, {
      name: 'key_created',
      account,
      target: { type: 'api_key', id: apiKey.id, name },
      credentialPrefix: prefix,
      details: { format },
    });
    await security.notify(tx, {
      kind: 'key_created',
      accountId,
      email: account.email,
      data: { name, prefix, byKey: credential.kind === 'API_KEY' ? credential.prefix : null },
    });
    return { text, apiKey, account: snapshotOf(account) };
  });
  security.committed();
  return created;
}

builder.relayMutationField(
  'createApiKey',
  {
    description: 'A new key.',
    inputFields: (t) => ({
      name: t.string({
        description:
          'Trimmed and cut to 64 characters, "CLI token" when empty; in the OpenBin form to 255, and it may be empty.',
      }),
      format: t.field({
        type: ApiKeyFormatEnum,
        required: true,
        defaultValue: 'BINBOI',
        description: 'The form of its text; each form has its own limit of active keys.',
      }),
      organizationId: t.int({
        description:
          'The VPN organization that it acts for where a request names none: one that you are a member of; your own unless given.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Makes an API key, unless the limit of active keys is reached. Every form but OPENBIN needs a proven address. A Binboi or OpenBin key makes keys of its own form; everything else needs a session.',
    resolve: (_root, { input }, context) => {
      const { format } = input;
      const caller = requireCaller(context);
      assertMayCreate(caller, format);
      return create(context, caller, {
        name: keyNameOf(input.name, format),
        format,
        organizationId: input.organizationId ?? null,
      });
    },
  },
  {
    description: 'A new key.',
    outputFields: (t) => ({
      text: t.exposeString('text', { description: 'The key itself. Shown only here; keep it safe.' }),
      apiKey: t.expose('apiKey', { type: ApiKeyType, description: 'What is kept of it.' }),
      account: t.expose('account', { type: AccountType, description: 'Its owner.' }),
    }),
  },
);
