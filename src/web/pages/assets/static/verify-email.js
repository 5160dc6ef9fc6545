import { offerNewMail } from './ask-again.js';
import { askGraph } from './graph.js';
import { byId, onSubmit, say, showOnly, takeFromAddress } from './page.js';
import { wordsFor } from './words.js';

const verify =
  'mutation VerifyEmail($token: String!) { verifyEmail(input: { token: $token }) { account { email } } }';
const resend =
  'mutation Resend($email: String!) { resendVerification(input: { email: $email }) { accepted } }';

const rejections = {
  SECRET_INVALID: {
    title: 'This link does not work',
    reason:
      'It was used before, or a newer mail has replaced it. If you have confirmed the address already, there is nothing left to do: sign in.',
  },
  SECRET_EXPIRED: {
    title: 'This link has expired',
    reason: 'A link works for 24 hours. Ask for a new one below.',
  },
  INVALID_INPUT: {
    title: 'There is no token in this address',
    reason: 'Open the whole link from the mail, or ask for a new one.',
  },
};

const { token, email } = takeFromAddress();
if (email) {
  byId('address').textContent = email;
  byId('whose').hidden = false;
}

function refuse({ title, reason }) {
  byId('refused-title').textContent = title;
  byId('refused-reason').textContent = reason;
  showOnly('refused');
}

offerNewMail({
  email,
  mutation: resend,
  sent: 'If the address still waits for its confirmation, a new mail is on its way. It may take a minute.',
});

onSubmit(byId('confirm'), async () => {
  const status = byId('confirm-status');
  say(status, 'One moment …');
  try {
    const { verifyEmail } = await askGraph(verify, { token });
    byId('confirmed-address').textContent = verifyEmail.account.email;
    showOnly('confirmed');
  } catch (error) {
    const rejection = rejections[error.code];
    if (rejection) refuse(rejection);
    else say(status, wordsFor(error), 'bad');
  }
});

if (token) showOnly('ready');
else refuse(rejections.INVALID_INPUT);
