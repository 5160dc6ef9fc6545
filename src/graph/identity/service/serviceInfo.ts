import { DomainError } from '../../../errors/domainError.ts';
import { serverVersion } from '../../../version.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Services } from '../../core/services.ts';
import { weigh } from '../../core/weight.ts';

const RegistrationMode = builder.enumType('RegistrationMode', {
  description: 'Who may register.',
  values: {
    OPEN: { value: 'open', description: 'Anybody.' },
    INVITE: { value: 'invite', description: 'Whoever has an invitation.' },
    CLOSED: { value: 'closed', description: 'Nobody.' },
  } as const,
});

export const ServiceInfo = builder.objectRef<Services>('ServiceInfo').implement({
  description: 'What a client needs to know before it signs in.',
  fields: (t) => ({
    name: t.string({ description: 'What this server is called.', resolve: () => 'latchkey' }),
    version: t.string({ description: 'The version of this server.', resolve: () => serverVersion }),
    now: t.field({ type: 'DateTime', description: 'The time on this server.', resolve: () => new Date() }),
    registrationMode: t.field({
      type: RegistrationMode,
      description: 'Who may register.',
      resolve: ({ config }) => config.registrationMode,
    }),
    databaseAnswers: t.boolean({
      description: 'True; throws SERVICE_UNAVAILABLE while the database does not answer.',
      extensions: weigh({ statements: 1 }),
      resolve: async ({ database }) => {
        await database.ping().catch((cause: unknown) => {
          throw new DomainError('SERVICE_UNAVAILABLE', {
            message: 'The database does not answer.',
            retryAfterSeconds: 1,
            cause,
          });
        });
        return true;
      },
    }),
    isSelfHosted: t.boolean({
      description: 'Whether it is run by those who use it: nothing is sold then.',
      resolve: ({ config }) => config.openbin.isSelfHosted,
    }),
    attachmentsEnabled: t.boolean({
      description: 'Whether files may be attached to bins.',
      resolve: ({ config }) => config.openbin.attachmentsEnabled,
    }),
    labelLinks: t.string({
      nullable: true,
      description: 'What the QR codes of labels link to; null when they hold no links.',
      resolve: ({ config }) => (config.openbin.qrPayloadMode === 'url' ? (config.publicUrl ?? null) : null),
    }),
    labelsHoldLinks: t.boolean({
      description: 'Whether the QR codes of labels are to hold links instead of the app’s own addresses.',
      resolve: ({ config }) => config.openbin.qrPayloadMode === 'url',
    }),
    tunnelDomain: t.string({
      description: 'The domain below which tunnels get their names.',
      resolve: ({ config }) => config.tunnelDomain,
    }),
  }),
});

builder.queryField('service', (t) =>
  t.field({
    access: everyone,
    type: ServiceInfo,
    description: 'About this server. Public.',
    extensions: weigh({ statements: 0 }),
    resolve: (_root, _args, { services }) => services,
  }),
);
