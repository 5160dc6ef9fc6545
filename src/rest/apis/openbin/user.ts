import { z } from 'zod';
import { time } from './shapes.ts';

/** Contract 7.5, `GET /auth/me`. */
export const me = z.strictObject({
  id: z.string(),
  displayName: z.string(),
  email: z.string(),
  avatarUrl: z.null(),
  activeLocationId: z.string().nullable(),
  demoMode: z.literal(false),
  createdAt: time,
  updatedAt: time,
  plan: z.enum(['free', 'plus', 'pro']),
  subscriptionStatus: z.enum(['active', 'trial', 'inactive']),
  activeUntil: time,
  isAdmin: z.boolean(),
  hasPassword: z.boolean(),
  deletionRequestedAt: time.nullable(),
  deletionScheduledAt: time.nullable(),
});

interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly activeLocationId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly plan: 'FREE' | 'PRO' | 'SCALE';
  readonly administrator: boolean;
  readonly hasPassword: boolean;
  readonly deletionRequestedAt: string | null;
  readonly deletionScheduledAt: string | null;
}

/** A thousand years on: nothing is sold here, so nothing runs out (7.3). */
function farFrom(moment: string): string {
  const date = new Date(moment);
  date.setUTCFullYear(date.getUTCFullYear() + 1000);
  return date.toISOString();
}

/** The account as the contract shows it. */
export function toMe(viewer: Viewer): z.infer<typeof me> {
  const { name, plan, administrator, ...rest } = viewer;
  return {
    ...rest,
    displayName: name,
    avatarUrl: null,
    demoMode: false,
    plan: plan === 'FREE' ? 'plus' : 'pro',
    subscriptionStatus: 'active',
    activeUntil: farFrom(viewer.createdAt),
    isAdmin: administrator,
  };
}
