import { askGraph } from './graph.js';
import { byId, onSubmit, say, showOnly, takeFromAddress } from './page.js';
import { wordsFor } from './words.js';

const end = 'mutation EndKeys($token: String!) { endKeys(input: { token: $token }) { revokedCount } }';

const rejections = {
  SECRET_INVALID: {
    title: 'This link does not work',
    reason:
      'It was used before, or a newer mail has replaced it; the link in the newest mail ends all keys. You can also sign in and revoke keys one by one.',
  },
  SECRET_EXPIRED: {
    title: 'This link has expired',
    reason: 'A link works for seven days. Sign in to revoke keys.',
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

function wordsForCount(count) {
  if (count === 0) return 'None of them was active any more.';
  return count === 1 ? 'One key was revoked.' : `${count} keys were revoked.`;
}

onSubmit(byId('end'), async () => {
  const status = byId('end-status');
  say(status, 'One moment …');
  try {
    const { endKeys } = await askGraph(end, { token });
    byId('how-many').textContent = wordsForCount(endKeys.revokedCount);
    showOnly('ended');
  } catch (error) {
    const rejection = rejections[error.code];
    if (rejection) refuse(rejection);
    else say(status, wordsFor(error), 'bad');
  }
});

if (token) showOnly('ready');
else refuse(rejections.INVALID_INPUT);
