import { describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { type TestApp, useApp } from '../support/app.ts';
import { cases, fill, fits, type Served, served } from './support/routes.ts';

/** Which route answered how often, by the server's own count. */
async function answered(app: TestApp): Promise<Map<string, number>> {
  const { text } = await app.request.get('/metrics');
  const counts = new Map<string, number>();
  for (const [, labels = '', value] of text.matchAll(/^latchkey_http_requests_total\{(.*)\} (\d+)$/gm)) {
    const label = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1];
    const key = `${label('api')} ${label('method')} ${label('route')}`;
    counts.set(key, (counts.get(key) ?? 0) + Number(value));
  }
  return counts;
}

/** Who documents a path: those that name it in full before those with something that varies there. */
function owners({ route }: Served): Served[] {
  return served.filter((other) => other.route.method === route.method && fits(fill(route), other.route.path));
}

const mappedHost = (api: string) => `api.${api}.example.com`;

describe.each(apis.map(({ name }) => name))('with %s as ROOT_API', (root) => {
  const API_HOSTS = apis.map(({ name }) => `${mappedHost(name)}=${name}`).join(',');
  const app = useApp({ API_HOSTS, ROOT_API: root });

  it.each(cases())('%s: by prefix, by its host names, and at the root', async (_name, one) => {
    const { api, route } = one;
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const path = fill(route);
    const before = await answered(app);
    const answers = [
      await app.request[method](`/${api.name}${path}`),
      await app.request[method](path).set('Host', `${api.name}.localhost:4000`),
      await app.request[method](path).set('Host', mappedHost(api.name).toUpperCase()),
    ];
    const shown = answers.map(({ status, body }) => ({ status, body }));
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
    await app.request[method](path);

    const at = ({ api: { name }, route: { path: declared } }: Served) =>
      `${name} ${route.method} ${declared}`;
    const rivals = owners(one);
    const first = rivals.find((rival) => rival.api.name === root) ?? rivals[0] ?? one;
    // Of one API's own routes that fit, a word wins over a parameter.
    const owner = first.api === api ? one : first;
    const expected = new Map([[at(one), 3]]);
    expected.set(at(owner), (expected.get(at(owner)) ?? 0) + 1);
    await expect
      .poll(async () => {
        const after = await answered(app);
        return [...expected.keys()].map((key) => (after.get(key) ?? 0) - (before.get(key) ?? 0));
      })
      .toEqual([...expected.values()]);
  });

  it.each(apis.map((api) => [api.name, api] as const))('a host of %s is its own alone', async (name, api) => {
    for (const host of [`${name}.localhost`, mappedHost(name)]) {
      for (const path of [
        '/',
        '/graphql',
        '/health',
        '/metrics',
        '/docs',
        `/openapi/${name}.json`,
        `/${name}/`,
      ]) {
        const { status, body } = await app.request.get(path).set('Host', host);
        expect(status, path).toBe(404);
        expect(api.errors.bodySchema.safeParse(body)).toMatchObject({ success: true });
      }
    }
  });

  it.each([
    'localhost',
    '127.0.0.1',
    'elsewhere.example.com',
    'localhost:1',
  ])('the server itself is on the host %s', async (host) => {
    for (const path of ['/graphql?query={__typename}', '/health', '/metrics', '/docs']) {
      expect((await app.request.get(path).set('Host', host)).status, path).toBe(200);
    }
  });
});
