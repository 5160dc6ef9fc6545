import { askGraph } from './graph.js';
import { byId, onSubmit, say, showOnly, takeFromAddress } from './page.js';
import { wordsFor } from './words.js';

const undo =
  'mutation UndoIdentityLink($token: String!) { undoIdentityLink(input: { token: $token }) { accountId } }';

const rejections = {
  SECRET_INVALID: {
    title: 'This link does not work',
    reason: 'It was used before, or the sign-in method was unlinked already.',
  },
  SECRET_EXPIRED: {
    title: 'This link has expired',
    reason: 'A link works for seven days. Sign in and unlink the method in your account.',
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

onSubmit(byId('unlink'), async () => {
  const status = byId('unlink-status');
  say(status, 'One moment …');
  try {
    await askGraph(undo, { token });
    showOnly('done');
  } catch (error) {
    const rejection = rejections[error.code];
    if (rejection) refuse(rejection);
    else say(status, wordsFor(error), 'bad');
  }
});

if (token) showOnly('ready');
else refuse(rejections.INVALID_INPUT);
