import { askGraph } from './graph.js';
import { byId, onSubmit, say, showOnly, takeFromAddress } from './page.js';
import { wordsFor } from './words.js';

const form = byId('act');
const rejections = {
  SECRET_INVALID: {
    title: 'This link does not work',
    reason: 'It was used before, a newer mail has replaced it, or there is nothing left to do.',
  },
  SECRET_EXPIRED: {
    title: 'This link has expired',
    reason: 'A link works for seven days. Nothing has been changed.',
  },
  EMAIL_TAKEN: {
    title: 'This link does not work any more',
    reason: 'Another account has the address now. Nothing has been changed.',
  },
  NO_TOKEN: {
    title: 'There is no token in this address',
    reason: 'Open the whole link from the mail.',
  },
  ...JSON.parse(form.dataset.rejections),
};

const { token } = takeFromAddress();

function refuse({ title, reason }) {
  byId('refused-title').textContent = title;
  byId('refused-reason').textContent = reason;
  showOnly('refused');
}

onSubmit(form, async () => {
  const status = byId('act-status');
  say(status, 'One moment …');
  try {
    await askGraph(form.dataset.mutation, { token });
    showOnly('done');
  } catch (error) {
    const rejection = rejections[error.code];
    if (rejection) refuse(rejection);
    else say(status, wordsFor(error), 'bad');
  }
});

if (token) showOnly('ready');
else refuse(rejections.NO_TOKEN);
