import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { isBelow } from '../../src/pipeline/mount.ts';
import { apis } from '../../src/rest/apis/index.ts';
import { useApp } from '../support/app.ts';
import { call, cases, fill, fits, served, waysToSend } from './support/routes.ts';
import { makeTestCaller, type TestCaller } from './support/samples.ts';

const app = useApp();
let testCaller: TestCaller;
beforeAll(async () => {
  testCaller = await makeTestCaller(app);
});

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'];

interface Raw {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** A request with any method, which supertest cannot make. */
function raw(method: string, path: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${app.url}${path}`, { method }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
      );
    });
    outgoing.on('error', reject).end();
  });
}

describe.each(apis.map((api) => [api.name, api] as const))('%s', (name, api) => {
  const expectEnvelope = ({ headers, text }: Raw) => {
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['x-request-id']).toMatch(/\S/);
    expect(api.errors.bodySchema.safeParse(JSON.parse(text))).toMatchObject({ success: true });
  };

  it('answers unknown paths with 404 in its envelope, whatever the method', async () => {
    const paths = [
      '',
      '/',
      '/nothing',
      '/%ff',
      '/%',
      ...api.bases.flatMap((base) => [base, `${base}/`, `${base}/nothing/at/all`]),
    ];
    for (const path of paths) {
      for (const method of methods.filter((one) => one !== 'HEAD')) {
        const answer = await raw(method, `/${name}${path}`);
        const hidden = api.hidesUnknownPaths && api.bases.some((base) => isBelow(path, base));
        expect(answer.status, `${method} ${path}`).toBe(hidden ? 401 : 404);
        expectEnvelope(answer);
      }
      expect(await raw('HEAD', `/${name}${path}`)).toMatchObject({ text: '' });
    }
    for (const base of api.bases) expectEnvelope(await raw('GET', `${base}/nothing/at/all`));
  });

  const paths = [...new Set(api.routes.map(({ path }) => path))];
  it.each(paths)('%s: the documented refusal with Allow for other methods, 204 for OPTIONS', async (path) => {
    const url = `/${name}${fill({ ...(api.routes[0] as (typeof api.routes)[0]), path })}`;
    const called = url.slice(`/${name}`.length);
    // A path in full may also be a value of one that varies: `/locations/join` and `/locations/:id`.
    const here = api.routes.filter((route) => fits(called, route.path));
    const own = [...new Set(here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
    for (const method of methods.filter((one) => !own.includes(one))) {
      const answer = await raw(method, url);
      const rejection = api.hidesUnknownPaths ? 401 : api.errors.table.METHOD_NOT_ALLOWED.status;
      expect(answer.status, method).toBe(method === 'OPTIONS' ? 204 : rejection);
      if (answer.status === 401) continue;
      expect(String(answer.headers.allow).split(', ').sort(), method).toEqual([...own].sort());
      if (method !== 'OPTIONS' && method !== 'HEAD') expectEnvelope(answer);
    }
  });
});

describe('HEAD answers as GET does, without the body', () => {
  it.each(cases(served.filter(({ route }) => route.method === 'GET')))('%s', async (_name, one) => {
    for (const headers of [waysToSend(one.api, testCaller.session)[0] ?? {}, {}]) {
      const got = await call(app, one, { headers });
      const head = await app.request.head(`/${one.api.name}${fill(one.route)}`).set(headers);
      expect(head.status).toBe(got.status);
      expect(head.headers['content-type']).toBe(got.headers['content-type']);
      expect(head.headers['content-length']).toBe(got.headers['content-length']);
      expect(head.text).toBeUndefined();
    }
  });
});
