import type { JSONWebKeySet } from 'jose';

const timeoutMs = 3000;
const maxBytes = 256_000;

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error('The key set is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Fetches a JWK set (RFC 7517); throws when the server does not give one within three seconds. */
export async function fetchKeySet(url: string): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    // The configured address is the trust anchor; another one is not.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The key server answered with ${response.status}.`);
  }
  return JSON.parse(await readText(response)) as JSONWebKeySet;
}
