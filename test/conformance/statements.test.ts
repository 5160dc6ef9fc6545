import { describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { useApp } from '../support/app.ts';
import { call, type Served, served, waysToSend } from './support/routes.ts';
import { combinations, makeTestCaller, makeThings, sampleBody, sampleQuery } from './support/samples.ts';

const app = useApp();

interface Measured {
  readonly status: number;
  readonly statements: number;
}

/** The more a call got done the more it tells; one that found nothing tells least. */
const worth = ({ status }: Measured) => (status < 400 ? 2 : status === 404 ? 0 : 1);

/** One call of a route by somebody who has used the API before and whose credential is in the cache. */
async function measure(one: Served): Promise<Measured> {
  const testCaller = await makeTestCaller(app);
  const ids = await makeThings(app, testCaller, one.api.name);
  let best: Measured = { status: 404, statements: 0 };
  for (const credential of [testCaller.key, testCaller.session]) {
    await app.graphql('{ viewer { id } }', {}, credential);
    for (const params of combinations(one.route, ids)) {
      const body = await sampleBody(app, one, testCaller);
      const query = await sampleQuery(app, one, testCaller);
      let status = 0;
      const statements = await app.statements(async () => {
        const headers = waysToSend(one.api, credential)[0] ?? {};
        status = (await call(app, one, { params, query, body, headers })).status;
      });
      const measured = { status, statements: statements.length };
      if (worth(measured) >= worth(best)) best = measured;
      if (worth(best) === 2) return best;
    }
  }
  return best;
}

describe('the number of SQL statements of each route, with a credential that is in the cache', () => {
  it.each(apis.map(({ name }) => name))('%s', { timeout: 400_000 }, async (name) => {
    const lines: string[] = [];
    for (const one of served.filter(({ api }) => api.name === name)) {
      const { status, statements } = await measure(one);
      const { method, path } = one.route;
      lines.push(`${method.padEnd(6)} ${path.padEnd(45)} ${status}  ${statements}`);
    }
    const head =
      'Statements without BEGIN and COMMIT, and the status that the sample got.\nAfter a change that is meant: npx vitest run test/conformance/statements.test.ts -u\n';
    await expect(`${head}\n${lines.join('\n')}\n`).toMatchFileSnapshot(`statements/${name}.txt`);
  });
});
