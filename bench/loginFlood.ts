import { newId } from '../src/graph/core/newId.ts';
import { NOBODYS_HASH } from '../src/platform/passwords/parameters.ts';
import { ratioOf } from './harness/bench.ts';
import type { Scenario } from './harness/scenario.ts';
import { seedAccount, withGround } from './harness/seed.ts';

const connections = 16;
const accounts = 200;

/** Wrong passwords for many accounts: limits of an account or an address cannot be what saves the others. */
function wrongLogins() {
  const logins = Array.from({ length: accounts }, (_, index) => ({
    email: `victim${index}@example.com`,
    password: `wrong password ${index}`,
  }));
  return {
    path: '/api/auth/login',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    bodies: logins.map((login) => JSON.stringify(login)),
    connections,
    status: 401,
  } as const;
}

export const loginFlood: Scenario = {
  name: 'login-flood',
  description: `GET /api/v1/auth/me while ${connections} connections try wrong passwords, against the same in peace`,
  run: (bench) =>
    withGround(bench.folder, async ({ env, database }) => {
      const { headers } = await seedAccount(database);
      const victims = Array.from({ length: accounts }, (_, index) => `victim${index}@example.com`);
      await database.db.account.createMany({
        data: victims.map((email) => ({
          id: newId(),
          email,
          name: 'Victim',
          passwordHash: NOBODYS_HASH,
          emailVerifiedAt: new Date(),
        })),
      });
      const server = await bench.start('src/main.js', env);
      const load = { path: '/api/v1/auth/me', headers };
      const rates = await bench.compare({
        peace: { server, load },
        flood: { server, load, meanwhile: wrongLogins() },
      });
      // By the clock: what the hashing takes from the server is the very question.
      const by = 'perSecond';
      return [
        ratioOf('login-flood: flooded / in peace', rates, ['flood', 'peace'], { by, aim: { atLeast: 0.5 } }),
      ];
    }),
};
