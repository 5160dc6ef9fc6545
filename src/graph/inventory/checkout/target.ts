import { notFound } from '../../../errors/domainError.ts';
import type { GraphContext } from '../../core/context.ts';
import { accessBin, type BinAccess } from '../bin/access.ts';

/** The bin that items are brought back to; undefined for their own. Throws NOT_FOUND unless it is a visible one of the location. */
export async function accessTarget(
  context: GraphContext,
  locationId: string,
  id: string | null | undefined,
): Promise<BinAccess | undefined> {
  if (!id) return undefined;
  const target = await accessBin(context, id);
  if (target.bin.locationId !== locationId) throw notFound('Bin');
  return target;
}
