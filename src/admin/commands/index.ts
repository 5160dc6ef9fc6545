import type { Command } from '../command.ts';
import { accounts } from './accounts.ts';
import { backup } from './backup.ts';
import { createAccount } from './createAccount.ts';
import { invite } from './invite.ts';
import { keys } from './keys.ts';
import { restoreAccount } from './restoreAccount.ts';
import { revokeKey } from './revokeKey.ts';
import { unicodeCollisions } from './unicodeCollisions.ts';
import { grantAdministrator, setActive, setPlan, withdrawAdministrator } from './updateAccount.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  accounts,
  createAccount,
  setPlan,
  grantAdministrator,
  withdrawAdministrator,
  setActive,
  restoreAccount,
  keys,
  revokeKey,
  invite,
  backup,
  unicodeCollisions,
];
