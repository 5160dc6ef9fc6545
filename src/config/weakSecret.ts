/** Characters of a secret that is no sentence and no pattern: 32 hexadecimal digits are 128 bits. */
const minLength = 32;
const minBits = 80;

/** How many bits a list holds if each entry is drawn as often as it occurs (Shannon). */
function bitsOf(list: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const entry of list) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits + count * Math.log2(list.length / count), 0);
}

/** Why a secret is weak, as the rest of a sentence that begins with its name; undefined for one that looks random. */
export function weaknessOf(secret: string): string | undefined {
  const characters = [...secret];
  if (characters.length < minLength) return `has fewer than ${minLength} characters`;
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  // Steps from one character to the next: `0123456789…` has many characters and a single step.
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
  // A word that is written twice holds no more than once.
  const period = characters.findIndex(
    (_, at) => at > 0 && secret === repeated(characters.slice(0, at), secret.length),
  );
  const bits = Math.min(bitsOf(characters.slice(0, period === -1 ? undefined : period)), bitsOf(steps));
  return bits < minBits ? 'can be guessed: its characters repeat or follow one another' : undefined;
}

const repeated = (part: readonly string[], length: number): string =>
  part
    .join('')
    .repeat(Math.ceil(length / part.length))
    .slice(0, length);
