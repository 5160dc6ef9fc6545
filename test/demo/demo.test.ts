import { describe, expect, it, onTestFinished } from 'vitest';
import { demoPassword } from '../../src/demo/people.ts';
import { isEmpty, makeWorld } from '../../src/demo/world.ts';
import { startTestApp, useApp } from '../support/app.ts';

const app = useApp();

describe('npm run demo', () => {
  it('fills an empty database with people who can sign in and use their keys', async () => {
    expect(await isEmpty(app.services)).toBe(true);
    const { people } = await makeWorld(app.services);
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

  it('furnishes a household: members, areas inside one another, items, tags, a checkout, a list', async () => {
    const app = await startTestApp();
    onTestFinished(() => app.stop());
    const { owner } = await makeWorld(app.services);
    const get = async (path: string) =>
      (
        await app.request
          .get(`/openbin/api${path}`)
          .auth(owner.keys['OPENBIN label scanner'] ?? '', { type: 'bearer' })
      ).body.results;
    const [home, ...others] = await get('/locations');
    expect([home.name, home.role, others]).toEqual(['Home', 'admin', []]);
    const members = await get(`/locations/${home.id}/members`);
    expect(members.map((member: { role: string }) => member.role).sort()).toEqual([
      'admin',
      'member',
      'viewer',
    ]);
    const areas: { id: string; name: string; parent_id: string | null }[] = await get(
      `/locations/${home.id}/areas`,
    );
    const byName = (name: string) => areas.find((area) => area.name === name);
    expect(byName('Top drawer')?.parent_id).toBe(byName('Workbench')?.id);
    expect(byName('Workbench')?.parent_id).toBe(byName('Garage')?.id);
    const bins: { area_name: string; items: unknown[]; tags: unknown[] }[] = await get(
      `/bins?location_id=${home.id}`,
    );
    expect(bins).toHaveLength(5);
    for (const bin of bins)
      expect([bin.area_name, bin.items.length > 1, bin.tags.length > 0]).toEqual([
        expect.any(String),
        true,
        true,
      ]);
    expect(await get(`/locations/${home.id}/checkouts`)).toHaveLength(1);
  });
});
