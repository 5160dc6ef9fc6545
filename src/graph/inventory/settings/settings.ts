import { invalid } from '../../../errors/issues.ts';
import type { Prisma, SettingsKind } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { isJsonObject } from '../../core/isJsonObject.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';

const SettingsKindEnum = builder.enumType('SettingsKind', {
  description: 'Which settings of a client.',
  values: {
    PREFERENCES: { description: 'How the client looks and behaves.' },
    PRINT: { description: 'How labels are printed.' },
  } satisfies Record<SettingsKind, unknown>,
});

const maxBytes = 1_000_000;

builder.objectField(AccountType, 'settings', (t) =>
  t.field({
    type: 'JSON',
    nullable: true,
    description: 'What your client keeps here; null when it has kept nothing.',
    args: { kind: t.arg({ type: SettingsKindEnum, required: true, description: 'Which.' }) },
    extensions: weigh({ statements: 1 }),
    resolve: async (account, { kind }, context) => {
      assertOwn(context, account);
      const { id: accountId } = account;
      const row = await context.db.accountSettings.findUnique({
        where: { accountId_kind: { accountId, kind } },
      });
      return row?.value ?? null;
    },
  }),
);

builder.relayMutationField(
  'saveSettings',
  {
    description: 'Settings of a client.',
    inputFields: (t) => ({
      kind: t.field({ type: SettingsKindEnum, required: true, description: 'Which settings.' }),
      value: t.field({ type: 'JSON', required: true, description: 'Any JSON object up to 1 MB.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Keeps an object for your clients in the place of the older one.',
    resolve: async (_root, { input: { kind, value } }, context) => {
      if (!isJsonObject(value)) throw invalid('settings', 'type', 'must be an object');
      if (Buffer.byteLength(JSON.stringify(value)) > maxBytes)
        throw invalid('settings', 'too_long', 'must be at most 1 MB');
      const accountId = requireCaller(context).account.id;
      const stored = value as Prisma.InputJsonObject;
      const row = await context.db.accountSettings.upsert({
        where: { accountId_kind: { accountId, kind } },
        create: { accountId, kind, value: stored },
        update: { value: stored },
      });
      return { settings: row.value };
    },
  },
  {
    description: 'What `saveSettings` returns.',
    outputFields: (t) => ({
      settings: t.expose('settings', { type: 'JSON', description: 'The object as it is kept.' }),
    }),
  },
);
