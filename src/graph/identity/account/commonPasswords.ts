import { preparePassword } from '../../core/text/passwords.ts';

/** No password that an API takes is shorter. */
const minLength = 8;
/**
 * The list is in lower case and sorted by frequency. Guesses in other cases are made of its first entries; of the
 * rest, a password such as `Abcdefg1` is as good as others that the contracts allow.
 */
const firstEntries = 8000;

/** By password, whether it is refused in any case, or only as it is listed. */
let listed: Promise<ReadonlyMap<string, boolean>> | undefined;

/** About 18,000 entries, read with the first new password: most processes never need them. */
async function readList(): Promise<ReadonlyMap<string, boolean>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const entries = dictionary['passwords-common'].map(
    (password, place) => [password, place < firstEntries] as const,
  );
  return new Map(entries.filter(([{ length }]) => length >= minLength));
}

/** True for one of the passwords that are guessed first. */
export async function isCommonPassword(password: string): Promise<boolean> {
  listed ??= readList();
  const list = await listed;
  const prepared = preparePassword(password);
  return list.has(prepared) || list.get(prepared.toLowerCase()) === true;
}
