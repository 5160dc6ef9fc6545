import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openbin } from '../../src/rest/apis/openbin/api.ts';
import type { Route } from '../../src/rest/engine/route.ts';
import { fill } from '../conformance/support/routes.ts';
import { type BinBody, useHousehold } from './household.ts';

// OpenBin 3: whoever is told that something does not fit is told which field.
const home = useHousehold();
let bin: BinBody;
let fieldId: string;
beforeAll(async () => {
  const fields = `/locations/${home.locationId}/custom-fields`;
  fieldId = (await home.call('post', fields, home.admin.key).send({ name: 'Size' }).expect(201)).body.id;
  bin = await home.bin({ items: ['Saw'] });
});

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly properties?: object } } };
  };
}
const { paths } = JSON.parse(readFileSync('docs/openapi/openbin.json', 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};

/** The fields of a route's body and query, as the reference documents them. */
function fieldsOf({ method, path }: Route) {
  const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  const schema = operation?.requestBody?.content['application/json'].schema;
  const query = operation?.parameters?.filter(({ in: place }) => place === 'query') ?? [];
  return { body: Object.keys(schema?.properties ?? {}), query: query.map(({ name }) => name) };
}

const wrong = [undefined, null, 7, '', [], {}, 'x'.repeat(20_000)];
const taking = openbin.routes.filter((route) => route.body || route.query);

describe('a 422 names the field (3)', () => {
  it.each(
    taking.map((route) => [`${route.method} ${route.path}`, route] as const),
  )('%s', async (_name, route) => {
    const { body, query } = fieldsOf(route);
    const { locationId, admin } = home;
    const isOfLocation = route.path.startsWith('/api/locations/');
    const ids = {
      locationId,
      id: isOfLocation ? locationId : bin.id,
      userId: home.member.account.id,
      itemId: bin.items[0]?.id ?? '',
      fieldId,
    };
    const url = fill(route, ids).slice('/api'.length);
    // A key is not its owner (hardening, rule 1).
    const credential = url === '/auth/password' || url === '/auth/account' ? admin.session : admin.key;
    const send = (search: string, input?: object) =>
      home.call(route.method.toLowerCase() as 'get', `${url}${search}`, credential).send(input);
    const answers = [];
    for (const value of wrong) {
      const bodies = route.body
        ? [
            Object.fromEntries(body.map((field) => [field, value])),
            ...body.map((field) => ({ locationId, [field]: value })),
          ]
        : [undefined];
      const search = query.map((field) => `${field}=${encodeURIComponent(String(value ?? ''))}`).join('&');
      // Left out, all fields make the same body.
      for (const input of value === undefined ? bodies.slice(0, 2) : bodies)
        answers.push(await send(route.body ? '' : `?${search.slice(0, 4000)}`, input));
    }
    for (const { status, body: said } of answers) {
      expect(status).toBeLessThan(500);
      if (status !== 422) continue;
      expect(said.error).toBe('VALIDATION_ERROR');
      if (said.message === 'Your plan allows no more active API keys.') continue;
      expect(
        [...body, ...query].filter((field) => new RegExp(`^${field}\\b`).test(said.message)),
      ).not.toEqual([]);
    }
    // What takes anything as well as nothing, or things that are not there.
    const never =
      /^GET \S+\/scan-history$|\/(api-keys|tag-colors\/:tag|activity|user-preferences|print-settings|return)$/;
    if (!never.test(`${route.method} ${route.path}`))
      expect(answers.map(({ status }) => status)).toContain(422);
  });
});
