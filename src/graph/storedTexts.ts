import type { PrismaClient } from '../generated/sqlite/client.ts';
import type { Services } from './core/services.ts';
import type { Collision } from './core/text/collisions.ts';
import { normaliseStoredTexts } from './core/text/storedTexts.ts';
import { addressCollisions, identityTexts } from './identity/account/storedTexts.ts';
import { inventoryTexts, nameCollisions } from './inventory/storedTexts.ts';
import { vpnTexts } from './vpn/storedTexts.ts';

/** Normalises the texts of all wings, once a database (see `normaliseStoredTexts`). */
export function normaliseAllTexts(services: Services, isStopping?: () => boolean): Promise<void> {
  const tables = [...identityTexts(services), ...inventoryTexts, ...vpnTexts];
  return normaliseStoredTexts(services.database.db, tables, isStopping);
}

/** What is unique and yet the same: normalising leaves these rows as they are. */
export async function allCollisions(db: PrismaClient): Promise<Collision[]> {
  return [...(await addressCollisions(db)), ...(await nameCollisions(db))];
}
