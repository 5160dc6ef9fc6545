import { request as rawRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin();
let person: Person;
beforeAll(async () => {
  person = await app.person();
  await keep(5000);
});

const path = '/user-preferences';

/** Keeps an object whose JSON has so many bytes. */
async function keep(bytes: number): Promise<void> {
  const empty = JSON.stringify({ note: '' }).length;
  await app
    .call('put', path, person.key)
    .send({ note: 'x'.repeat(bytes - empty) })
    .expect(200);
}

/** A request without what supertest adds and undoes. */
function ask(headers: Record<string, string>, method = 'GET', where = path) {
  return new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>(
    (resolve, reject) => {
      const req = rawRequest(
        `${app.url}/api${where}`,
        { method, headers: { host: 'openbin.localhost', authorization: `Bearer ${person.key}`, ...headers } },
        (res) => {
          const parts: Buffer[] = [];
          res.on('data', (part) => parts.push(part));
          res.on('end', () =>
            resolve({ status: res.statusCode ?? 0, headers: res.headers, bytes: Buffer.concat(parts) }),
          );
        },
      );
      req.on('error', reject);
      req.end();
    },
  );
}

describe('gzip (2)', () => {
  it.each([
    'gzip',
    'gzip, deflate, br',
    '*',
    'br;q=1, gzip;q=0.5',
    'GZIP',
    'identity;q=0.5, gzip',
  ])('packs for a client that takes it: %s', async (encodings) => {
    const plain = await ask({});
    const packed = await ask({ 'accept-encoding': encodings });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(packed.headers.vary).toBe('Origin, Accept-Encoding');
    expect(Number(packed.headers['content-length'])).toBe(packed.bytes.length);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length);
    expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
  });

  it.each([
    {},
    { 'accept-encoding': '' },
    { 'accept-encoding': 'identity' },
    { 'accept-encoding': 'br' },
    { 'accept-encoding': 'gzip;q=0' },
    { 'accept-encoding': 'gzip;q=0.1, identity' },
    { 'accept-encoding': 'identity;q=0' },
    { 'accept-encoding': ';;,q=' },
    { 'accept-encoding': 'gzip', accept: 'text/event-stream' },
  ])('leaves it plain for %j, and says that it could be otherwise', async (headers) => {
    const answer = await ask(headers as Record<string, string>);
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(answer.headers.vary).toBe('Origin, Accept-Encoding');
    expect(Number(answer.headers['content-length'])).toBe(5000);
    expect(JSON.parse(answer.bytes.toString())).toHaveProperty('note');
  });

  it('does so from 1 KB on', async () => {
    const encodingOf = async (bytes: number) => {
      await keep(bytes);
      return (await ask({ 'accept-encoding': 'gzip' })).headers;
    };
    const below = await encodingOf(1023);
    expect(below).not.toHaveProperty('content-encoding');
    expect(below.vary).toBe('Origin');
    expect((await encodingOf(1024))['content-encoding']).toBe('gzip');
    await keep(5000);
  });

  it('has one ETag for both forms, and 304 for who has either', async () => {
    const plain = await ask({});
    const packed = await ask({ 'accept-encoding': 'gzip' });
    expect(packed.headers.etag).toBe(plain.headers.etag);
    for (const encodings of ['gzip', 'identity']) {
      const again = await ask({
        'accept-encoding': encodings,
        'if-none-match': String(packed.headers.etag),
      });
      expect([again.status, again.bytes.length]).toEqual([304, 0]);
      expect(again.headers).not.toHaveProperty('content-encoding');
      expect(again.headers.vary).toBe('Origin, Accept-Encoding');
      expect(again.headers.etag).toBe(packed.headers.etag);
    }
  });

  it('answers HEAD with the headers of GET', async () => {
    const get = await ask({ 'accept-encoding': 'gzip' });
    const head = await ask({ 'accept-encoding': 'gzip' }, 'HEAD');
    for (const name of ['content-encoding', 'content-length', 'content-type', 'etag', 'vary'])
      expect(head.headers[name]).toBe(get.headers[name]);
    expect(head.bytes.length).toBe(0);
  });

  it('packs what is written and what is refused, too', async () => {
    const written = await app
      .call('put', '/print-settings', person.key)
      .set('Accept-Encoding', 'gzip')
      .send({ note: 'y'.repeat(3000) })
      .expect(200);
    expect(written.headers['content-encoding']).toBe('gzip');
    expect(written.body.note).toBe('y'.repeat(3000));
  });

  it('survives a client that goes while its answer is packed', async () => {
    await keep(900_000);
    const log = vi.spyOn(app.services.log, 'error');
    await Promise.all(
      Array.from({ length: 5 }, (_, n) => {
        const req = rawRequest(`${app.url}/api${path}`, {
          headers: {
            host: 'openbin.localhost',
            authorization: `Bearer ${person.key}`,
            'accept-encoding': 'gzip',
          },
        });
        return new Promise<void>((resolve) => {
          req.on('error', () => {});
          req.on('close', resolve);
          req.end();
          setTimeout(() => req.destroy(), 5 + 5 * n);
        });
      }),
    );
    expect((await ask({ 'accept-encoding': 'gzip' })).status).toBe(200);
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
    await keep(5000);
  });

  it('is OpenBin’s: the other APIs answer plain', async () => {
    for (let made = 0; made < 12; made++) await app.makeKey(person.account, 'BINBOI');
    const { headers, text } = await app.request
      .get('/binboi/api/v1/tokens')
      .set('Accept-Encoding', 'gzip')
      .set('Authorization', `Bearer ${person.key}`);
    expect(text.length).toBeGreaterThan(1024);
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers.vary ?? '').not.toMatch(/Accept-Encoding/);
  });
});
