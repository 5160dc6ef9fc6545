import type { Services } from '../graph/core/services.ts';
import { makeHousehold } from './household.ts';
import { makeNetwork } from './network.ts';
import { makeKey, makePerson, makeTunnels, type Person } from './people.ts';

/** The people of the demo, and the one who owns most of it. */
export interface World {
  readonly people: readonly Person[];
  readonly owner: Person;
}

/** True while there is no account. */
export async function isEmpty({ database }: Services): Promise<boolean> {
  return (await database.db.account.findFirst({ select: { id: true } })) === null;
}

/** Fills an empty database with a few people, their keys and tunnels, a household, and a VPN that has run for a day. */
export async function makeWorld(services: Services): Promise<World> {
  const root = await makePerson(services, {
    email: 'root@example.com',
    name: 'Robin Root',
    plan: 'SCALE',
    administrator: true,
  });
  const ada = await makePerson(services, { email: 'ada@example.com', name: 'Ada Example', plan: 'PRO' });
  const ben = await makePerson(services, { email: 'ben@example.com', name: 'Ben Example' });
  const cleo = await makePerson(services, { email: 'cleo@example.com', name: 'Cleo Example' });

  await makeKey(services, ada, { name: 'laptop', format: 'BINBOI' });
  await makeKey(services, ada, { name: 'build server', format: 'BINBOI' });
  await makeKey(services, ada, { name: 'node agents', format: 'BINGO' });
  await makeKey(services, ada, { name: 'label scanner', format: 'OPENBIN' });
  await makeKey(services, ben, { name: 'laptop', format: 'BINBOI' });
  await makeKey(services, ben, { name: 'scripts', format: 'RESTUME' });
  await makeTunnels(services, ada, [
    { subdomain: 'ada-shop', target: '3000' },
    { subdomain: 'ada-webhooks', target: 'localhost:8080', region: 'eu' },
  ]);
  await makeTunnels(services, ben, [{ subdomain: 'ben-portfolio', target: '5173' }]);
  await makeHousehold(services, ada, { member: ben, viewer: cleo });
  await makeNetwork(services, ada);
  return { people: [root, ada, ben, cleo], owner: ada };
}
