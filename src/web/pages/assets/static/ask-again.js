import { askGraph } from './graph.js';
import { byId, mark, onSubmit, say } from './page.js';
import { wordsFor } from './words.js';

/** The form that asks for a new mail. The answer is the same for every address, and so are the words. */
export function offerNewMail({ email, mutation, sent }) {
  const form = byId('again');
  const input = byId('again-email');
  const status = byId('again-status');
  input.value = email;
  onSubmit(form, async () => {
    mark(input, '');
    say(status, 'One moment …');
    try {
      await askGraph(mutation, { email: input.value });
      say(status, sent, 'good');
    } catch (error) {
      const wrong = error.issues?.some(({ path }) => path[0] === 'email');
      say(status, wrong ? '' : wordsFor(error), 'bad');
      if (!wrong) return;
      mark(input, 'Write the address in full, such as you@example.com.');
      input.focus();
    }
  });
}
