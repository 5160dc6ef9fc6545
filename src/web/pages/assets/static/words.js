const sentences = {
  UNREACHABLE: 'The server could not be reached. Check your connection and try again.',
  OVERLOADED: 'The server is busy. Try again in a moment.',
  ACCOUNT_INACTIVE: 'This account is switched off. Ask the people who run this server.',
};

const other =
  'Something went wrong on the server. Try again later; if it stays so, tell the people who run it.';

/** "in 40 seconds", "in 3 minutes". */
function waitOf(seconds) {
  if (!seconds) return 'later';
  if (seconds < 90) return `in ${seconds} second${seconds === 1 ? '' : 's'}`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}

/** What to tell a person of an error that has nothing to do with what they typed. */
export function wordsFor({ code, retryAfterSeconds }) {
  if (code === 'RATE_LIMITED') return `Too many tries. Try again ${waitOf(retryAfterSeconds)}.`;
  return sentences[code] ?? other;
}
