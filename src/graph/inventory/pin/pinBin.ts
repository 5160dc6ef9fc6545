import { DomainError } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessBin, type BinAccess, lockBin, requireMember } from '../bin/access.ts';
import { visibleBins } from '../bin/visible.ts';
import { lockLocationKeepingVersion } from '../location/roles.ts';

const maxPins = 20;

/**
 * Pins a bin for a caller who may, after what they have pinned there; one that is pinned stays as it
 * is (OpenBin 10.7). Throws NOT_FOUND, or PIN_LIMIT_REACHED where as many as `limit` of the location
 * are pinned; a pin counts while its bin can be seen.
 */
export async function pinBin(
  { db }: GraphContext,
  access: BinAccess,
  { limit = maxPins } = {},
): Promise<void> {
  const { id: binId, locationId } = access.bin;
  const accountId = access.caller.account.id;
  const visible = { locationId, ...visibleBins(accountId) };
  await db.$transaction(async (tx) => {
    await lockBin(tx, access, lockLocationKeepingVersion);
    if ((await tx.binPin.count({ where: { accountId, binId } })) > 0) return;
    const { _count, _max } = await tx.binPin.aggregate({
      where: { accountId, bin: visible },
      _count: { _all: true },
      _max: { position: true },
    });
    if (_count._all >= limit) throw new DomainError('PIN_LIMIT_REACHED');
    await tx.binPin.create({ data: { accountId, binId, position: (_max.position ?? -1) + 1 } });
  });
}

builder.relayMutationField(
  'pinBin',
  {
    description: 'The bin to pin.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The bin.' }),
    }),
  },
  {
    access: signedIn,
    description: `Pins a bin for you, at most ${maxPins} in a location. For members of it. Throws NOT_FOUND, FORBIDDEN or PIN_LIMIT_REACHED.`,
    resolve: async (_root, { input: { id } }, context) => {
      const access = requireMember(await accessBin(context, id));
      await pinBin(context, access);
      return { id };
    },
  },
  {
    description: 'What `pinBin` returns.',
    outputFields: (t) => ({
      pinnedBinId: t.exposeID('id', { description: 'The bin.' }),
    }),
  },
);

/** Takes the caller's pin off a bin, if there is one; nothing else matters (OpenBin 10.7). */
export async function unpinBin({ db }: GraphContext, { account }: Caller, binId: string): Promise<void> {
  await db.binPin.deleteMany({ where: { accountId: account.id, binId } });
}

builder.relayMutationField(
  'unpinBin',
  {
    description: 'The bin to unpin.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The bin.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Takes your pin off a bin; does nothing where there is none, or no such bin.',
    resolve: async (_root, { input: { id } }, context) => {
      await unpinBin(context, requireCaller(context), id);
      return { id };
    },
  },
  {
    description: 'What `unpinBin` returns.',
    outputFields: (t) => ({
      unpinnedBinId: t.exposeID('id', { description: 'The bin.' }),
    }),
  },
);
