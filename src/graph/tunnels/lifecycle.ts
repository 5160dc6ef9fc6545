import type { AccountLifecycle } from '../core/lifecycle.ts';

/** What happens to tunnels with an account; erasing the account deletes them by the foreign key. */
export const tunnelsLifecycle: Partial<AccountLifecycle> = {
  heldBy: () => ({ tunnels: { none: {} } }),
};
