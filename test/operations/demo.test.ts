import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeServerPlace, runServer } from '../support/serverProcess.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let place: Awaited<ReturnType<typeof makeServerPlace>>;
beforeAll(async () => {
  place = await makeServerPlace();
});
afterAll(() => place.remove());

/** Runs `npm run demo`'s file; answers how it ended and all that it printed. */
function runDemo(): Promise<{ code: number; printed: string }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...place.env };
  return new Promise((resolve) => {
    const args = ['scripts/run.mjs', 'demo/main.js'];
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, printed: stdout + stderr }),
    );
  });
}

it('npm run demo fills an empty database, prints sign-ins and commands that work, and refuses any other', async () => {
  const first = await runDemo();
  expect(first).toMatchObject({ code: 0 });
  const [, email] = /([\w.]+@example\.com)/.exec(first.printed) ?? [];
  const [, password] = /signs in with the password (.+)$/m.exec(first.printed) ?? [];
  const server = await runServer(place.env);
  const login = () =>
    fetch(`${server.url}/binboi/api/auth/login`, {
      method: 'POST',
      body: JSON.stringify({ email, password }),
    });
  expect([email, password, (await login()).status]).toEqual([email, password, 200]);

  const commands = first.printed.match(/^curl .*$/gm) ?? [];
  const [rest, graph] = commands.map((command) => {
    const adapted = command.replaceAll('localhost:4000', `localhost:${server.port}`);
    return JSON.parse(execFileSync('bash', ['-euc', adapted], { encoding: 'utf8' }));
  });
  expect(commands).toHaveLength(2);
  expect(rest.results).toMatchObject([{ name: 'Home' }]);
  expect(graph).toEqual({
    data: {
      viewer: {
        name: 'Ada Example',
        locations: { nodes: [{ name: 'Home', binCount: 5 }] },
        tunnels: { nodes: [{ publicUrl: expect.any(String) }, { publicUrl: expect.any(String) }] },
      },
    },
  });

  const again = await runDemo();
  expect(again.code).not.toBe(0);
  expect(again.printed).toMatch(/empty/);
  expect(again.printed).not.toContain('@example.com');
  expect((await login()).status).toBe(200);
  await server.terminate();
}, 240_000);
