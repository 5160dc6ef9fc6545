import type { Plan, PlanSource } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { PlanLimits } from './limits.ts';

export const PlanEnum = builder.enumType('Plan', {
  description: 'What an account may use.',
  values: {
    FREE: { description: 'The plan of every new account.' },
    PRO: { description: 'More keys and tunnels.' },
    SCALE: { description: 'As many keys and tunnels as wanted.' },
  } satisfies Record<Plan, unknown>,
});

export const PlanSourceEnum = builder.enumType('PlanSource', {
  description: 'How an account came by its plan.',
  values: {
    DEFAULT: { description: 'It never had another.' },
    GRANTED: { description: 'An administrator gave it.' },
    BILLING: { description: 'It was paid for.' },
  } satisfies Record<PlanSource, unknown>,
});

export const PlanLimitsType = builder.objectRef<PlanLimits>('PlanLimits').implement({
  description: 'How much of each thing a plan allows at once. Null means unlimited.',
  fields: (t) => ({
    maxApiKeys: t.exposeInt('maxApiKeys', {
      nullable: true,
      description: 'Active API keys in the Binboi format; even without a limit there are at most 1,000.',
    }),
    maxTunnels: t.exposeInt('maxTunnels', { nullable: true, description: 'Tunnels, reserved or connected.' }),
  }),
});
