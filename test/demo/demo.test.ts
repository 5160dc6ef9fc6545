import { describe, expect, it } from 'vitest';
import { demoPassword } from '../../src/demo/people.ts';
import { isEmpty, makeWorld } from '../../src/demo/world.ts';
import { useApp } from '../support/app.ts';

const app = useApp();

describe('npm run demo', () => {
  it('fills an empty database with people who can sign in and use their keys', async () => {
    expect(await isEmpty(app.services)).toBe(true);
    const people = await makeWorld(app.services);
    expect(await isEmpty(app.services)).toBe(false);
    const ada = people.find(({ email }) => email === 'ada@example.com');
    const login = await app.request
      .post('/binboi/api/auth/login')
      .send({ email: 'ada@example.com', password: demoPassword });
    expect(login.status).toBe(200);
    const tunnels = await app.request
      .get('/binboi/api/v1/tunnels')
      .auth(ada?.keys['BINBOI laptop'] ?? '', { type: 'bearer' });
    expect(tunnels.body.data).toHaveLength(2);
    const nodes = await app.request
      .get('/bingo/api/v2/nodes/')
      .auth(ada?.keys['BINGO node agents'] ?? '', { type: 'bearer' });
    expect(nodes.body.data.results.map((node: { status: number }) => node.status)).toEqual([0, 9, 9, 9, 9]);
    const id = nodes.body.data.results[1].id;
    const history = await app.request
      .get(`/bingo/api/v2/nodes/${id}/heartbeats/`)
      .auth(ada?.keys['BINGO node agents'] ?? '', { type: 'bearer' });
    expect(JSON.stringify(history.body.data)).toContain('bandwidth');
  });
});
