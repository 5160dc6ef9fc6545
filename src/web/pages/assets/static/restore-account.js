import { askGraph } from './graph.js';
import { byId, onSubmit, say, showOnly, takeFromAddress } from './page.js';
import { wordsFor } from './words.js';

const restore =
  'mutation RestoreAccount($token: String!) { restoreAccount(input: { token: $token }) { restoredAccountId } }';

const rejections = {
  SECRET_INVALID: {
    title: 'This link does not work',
    reason:
      'It was used before, or a newer mail has replaced it. If the account is restored already, sign in.',
  },
  SECRET_EXPIRED: { title: 'This link has expired', reason: 'The grace period is over.' },
  ACCOUNT_DELETION_DUE: { title: 'This link has expired', reason: 'The grace period is over.' },
  EMAIL_TAKEN: {
    title: 'The address has another account',
    reason:
      'An account was registered with the address since. The old one can be restored once that is deleted.',
  },
  INVALID_INPUT: {
    title: 'There is no token in this address',
    reason: 'Open the whole link from the mail.',
  },
};

const { token } = takeFromAddress();

function refuse({ title, reason }) {
  byId('refused-title').textContent = title;
  byId('refused-reason').textContent = reason;
  showOnly('refused');
}

onSubmit(byId('restore'), async () => {
  const status = byId('restore-status');
  say(status, 'One moment …');
  try {
    await askGraph(restore, { token });
    showOnly('done');
  } catch (error) {
    const rejection = rejections[error.code];
    if (rejection) refuse(rejection);
    else say(status, wordsFor(error), 'bad');
  }
});

if (token) showOnly('ready');
else refuse(rejections.INVALID_INPUT);
