import { offerNewMail } from './ask-again.js';
import { askGraph } from './graph.js';
import { byId, mark, onSubmit, say, showOnly, takeFromAddress } from './page.js';
import { wordsFor } from './words.js';

const minCharacters = 8;
const maxCharacters = 1024;
const reset =
  'mutation ResetPassword($token: String!, $newPassword: String!, $revokeKeys: Boolean!) { resetPassword(input: { token: $token, newPassword: $newPassword, revokeKeys: $revokeKeys }) { accountId } }';
const request =
  'mutation RequestReset($email: String!) { requestPasswordReset(input: { email: $email }) { accepted } }';

const rejections = {
  SECRET_INVALID: {
    title: 'This link does not work',
    reason: 'It was used before, or a newer mail has replaced it. Your password has not been changed.',
  },
  SECRET_EXPIRED: {
    title: 'This link has expired',
    reason: 'A link works for 30 minutes. Your password has not been changed.',
  },
  NO_TOKEN: {
    title: 'There is no token in this address',
    reason: 'Open the whole link from the mail, or ask for a new one.',
  },
};

const tooShort = `Use at least ${minCharacters} characters.`;
const byRule = {
  required: 'Write the new password.',
  too_short: tooShort,
  too_long: `Use at most ${maxCharacters} characters.`,
};

const { token, email } = takeFromAddress();
const password = byId('password');
const repeated = byId('repeated');
const status = byId('choose-status');

byId('user').value = email;
if (email) {
  byId('address').textContent = email;
  byId('whose').hidden = false;
}

function refuse({ title, reason }) {
  byId('refused-title').textContent = title;
  byId('refused-reason').textContent = reason;
  showOnly('refused');
}

/** Marks what is wrong and takes the reader to the first of it; true when nothing is. */
function complain(ofPassword, ofRepeated = '') {
  mark(password, ofPassword);
  mark(repeated, ofRepeated);
  if (ofPassword) password.focus();
  else if (ofRepeated) repeated.focus();
  return !ofPassword && !ofRepeated;
}

function isAcceptable() {
  const { length } = [...password.value];
  if (length === 0) return complain(byRule.required);
  if (length < minCharacters) return complain(tooShort);
  return complain('', password.value === repeated.value ? '' : 'The two passwords differ.');
}

function explain(error) {
  const issue = error.issues?.find(({ path }) => path[0] === 'newPassword');
  const rejection = rejections[error.code];
  if (rejection) return refuse(rejection);
  if (!issue) return say(status, wordsFor(error), 'bad');
  say(status, '');
  complain(byRule[issue.rule] ?? 'This password is not accepted.');
}

byId('show').addEventListener('change', (event) => {
  for (const input of [password, repeated]) input.type = event.target.checked ? 'text' : 'password';
});

offerNewMail({
  email,
  mutation: request,
  sent: 'If there is an account with this address, a new mail is on its way. It may take a minute.',
});

onSubmit(byId('choose'), async () => {
  say(status, '');
  if (!isAcceptable()) return;
  say(status, 'One moment …');
  try {
    const revokeKeys = byId('revoke-keys').checked;
    await askGraph(reset, { token, newPassword: password.value, revokeKeys });
    byId(revokeKeys ? 'keys-ended' : 'keys-stay').hidden = false;
    byId('choose').reset();
    showOnly('changed');
  } catch (error) {
    explain(error);
  }
});

if (token) showOnly('ready');
else refuse(rejections.NO_TOKEN);
