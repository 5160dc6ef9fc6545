import { describe, expect, it } from 'vitest';
import { surfaces } from '../../src/rest/surfaces/index.ts';
import { useApp } from '../support/app.ts';
import { call, type Served, served, waysToSend } from './support/routes.ts';
import { combinations, makeThings, makeWalker, sampleBody, sampleQuery } from './support/samples.ts';

const app = useApp();

interface Measured {
  readonly status: number;
  readonly statements: number;
}

/** The more a call got done the more it tells; one that found nothing tells least. */
const worth = ({ status }: Measured) => (status < 400 ? 2 : status === 404 ? 0 : 1);

/** One call of a route by somebody who has used the surface before and whose credential is in the cache. */
async function measure(one: Served): Promise<Measured> {
  const walker = await makeWalker(app);
  const ids = await makeThings(app, walker, one.surface.name);
  let best: Measured = { status: 404, statements: 0 };
  for (const credential of [walker.key, walker.session]) {
    await app.graphql('{ viewer { id } }', {}, credential);
    for (const params of combinations(one.route, ids)) {
      const body = await sampleBody(app, one, walker);
      const query = await sampleQuery(app, one, walker);
      let status = 0;
      const statements = await app.statements(async () => {
        const headers = waysToSend(one.surface, credential)[0] ?? {};
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
  it.each(surfaces.map(({ name }) => name))('%s', { timeout: 400_000 }, async (name) => {
    const lines: string[] = [];
    for (const one of served.filter(({ surface }) => surface.name === name)) {
      const { status, statements } = await measure(one);
      const { method, path } = one.route;
      lines.push(`${method.padEnd(6)} ${path.padEnd(45)} ${status}  ${statements}`);
    }
    const head =
      'Statements without BEGIN and COMMIT, and the status that the sample got.\nAfter a change that is meant: npx vitest run test/walk/statements.test.ts -u\n';
    await expect(`${head}\n${lines.join('\n')}\n`).toMatchFileSnapshot(`statements/${name}.txt`);
  });
});
