import { errors, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createPublishedKeys,
  KeysUnavailableError,
} from '../../../src/platform/publishedKeys/publishedKeys.ts';

const minuteMs = 60_000;
let first: JSONWebKeySet;
let both: JSONWebKeySet;
beforeAll(async () => {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  first = { keys: [{ ...jwk, kid: 'first' }] };
  both = { keys: [...first.keys, { ...jwk, kid: 'second' }] };
});

/** Keys whose clock and server the test holds in its hands. */
function setUp() {
  const server = { now: 0, fetches: 0, answer: first as JSONWebKeySet | Error };
  const keys = createPublishedKeys('https://keys.example/certs', {
    now: () => server.now,
    fetchKeys: async () => {
      server.fetches += 1;
      if (server.answer instanceof Error) throw server.answer;
      return server.answer;
    },
  });
  const keyFor = (kid: string) => keys.keyFor({ alg: 'RS256', kid });
  /** Lets what was begun beside a call come to its end. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { server, keyFor, settle };
}

describe('published keys', () => {
  it('are kept for ten minutes and then fetched beside the request', async () => {
    const { server, keyFor, settle } = setUp();
    await keyFor('first');
    server.now += 10 * minuteMs;
    await keyFor('first');
    expect(server.fetches).toBe(1);
    server.now += 1;
    await keyFor('first');
    await settle();
    expect(server.fetches).toBe(2);
  });

  it('stop working within ten minutes and a request of their withdrawal', async () => {
    const { server, keyFor, settle } = setUp();
    await keyFor('first');
    server.answer = { keys: both.keys.slice(1) };
    server.now += 10 * minuteMs + 1;
    await keyFor('first');
    await settle();
    await expect(keyFor('first')).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('are fetched at once for a key id that is not among them', async () => {
    const { server, keyFor } = setUp();
    await keyFor('first');
    server.answer = both;
    await keyFor('second');
    expect(server.fetches).toBe(2);
  });

  it('are fetched for five surprises at once and one more every half minute', async () => {
    const { server, keyFor } = setUp();
    await keyFor('first');
    const surprise = () => expect(keyFor('made-up')).rejects.toThrow(errors.JWKSNoMatchingKey);
    for (let tries = 0; tries < 20; tries++) await surprise();
    expect(server.fetches).toBe(6);
    server.now += 30_000;
    await surprise();
    await surprise();
    expect(server.fetches).toBe(7);
  });

  it('are fetched once for surprises that come together', async () => {
    const { server, keyFor } = setUp();
    await keyFor('first');
    server.answer = both;
    await Promise.all(Array.from({ length: 20 }, () => keyFor('second')));
    expect(server.fetches).toBe(2);
  });

  it('go on working for a day while their server is down, and no longer', async () => {
    const { server, keyFor, settle } = setUp();
    await keyFor('first');
    server.answer = new Error('down');
    server.now += 24 * 60 * minuteMs;
    await keyFor('first');
    await settle();
    server.now += 1;
    await expect(keyFor('first')).rejects.toThrow(KeysUnavailableError);
    server.answer = first;
    await keyFor('first');
  });

  it('cannot be said not to exist while their server is down', async () => {
    const { server, keyFor } = setUp();
    await keyFor('first');
    server.answer = new Error('down');
    for (let tries = 0; tries < 10; tries++) {
      await expect(keyFor('second')).rejects.toThrow(KeysUnavailableError);
    }
    expect(server.fetches).toBe(6);
  });

  it('are unavailable when the server answers with something else', async () => {
    const { server, keyFor } = setUp();
    server.answer = { error: 'no keys' } as unknown as JSONWebKeySet;
    await expect(keyFor('first')).rejects.toThrow(KeysUnavailableError);
  });
});
