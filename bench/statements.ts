import type { Scenario } from './harness/scenario.ts';
import { seedAccount, withGround } from './harness/seed.ts';

const requests = 200;

/** How many SQL statements the server has run so far. */
async function statementsSoFar(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^latchkey_database_statements_total (\d+)$/m.exec(metrics)?.[1]);
}

export const statements: Scenario = {
  name: 'statements',
  description: 'SQL statements of a request, with the key in the cache and without',
  run: (bench) =>
    withGround(bench.folder, async ({ env, database }) => {
      const { headers, account } = await seedAccount(database);
      const { url } = await bench.start('src/main.js', env);

      async function perRequest(path: string, before: () => Promise<unknown>): Promise<number> {
        await (await fetch(url + path, { headers })).text();
        const start = await statementsSoFar(url);
        for (let request = 0; request < requests; request += 1) {
          await before();
          const answer = await fetch(url + path, { headers });
          if (answer.status !== 200) throw new Error(`GET ${path}: ${await answer.text()}`);
          await answer.text();
        }
        return ((await statementsSoFar(url)) - start) / requests;
      }

      // What another process commits makes the server forget what it has cached.
      const change = () => database.db.account.update({ where: { id: account.id }, data: { name: 'Ann' } });
      const findings = [];
      for (const [path, warm] of [
        ['/api/v1/auth/me', 0],
        ['/api/v1/tokens', 1],
      ] as const) {
        // Within the minute a key's use is noted once, which is the small fraction.
        const aims = [{ atMost: warm + 0.05 }, { atMost: warm + 1.05 }];
        findings.push(
          {
            what: `statements: GET ${path}, key cached`,
            value: await perRequest(path, async () => {}),
            aim: aims[0],
          },
          {
            what: `statements: GET ${path}, not cached`,
            value: await perRequest(path, change),
            aim: aims[1],
          },
        );
      }
      return findings;
    }),
};
