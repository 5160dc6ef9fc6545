import { setTimeout as sleep } from 'node:timers/promises';

/** Throws unless both URLs give the same bytes; asks again for a moment, as the note of a key's use comes after the answer. */
export async function sameAnswer(first: string, second: string, headers: Readonly<Record<string, string>>) {
  const read = async (url: string) => (await fetch(url, { headers })).text();
  let answers: [string, string] = ['', ''];
  for (let tries = 0; tries < 20; tries += 1) {
    answers = [await read(first), await read(second)];
    if (answers[0] === answers[1]) return;
    await sleep(50);
  }
  throw new Error(`The answers differ:\n${answers.join('\n')}`);
}
