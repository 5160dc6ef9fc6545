import { DomainError } from '../../errors/domainError.ts';
import { Issues } from '../../errors/issues.ts';
import type { Tunnel } from '../../generated/sqlite/client.ts';
import { verified } from '../core/access.ts';
import { builder } from '../core/builder.ts';
import type { Caller, GraphContext } from '../core/context.ts';
import { type InputOf, inputFieldsOf } from '../core/mutation.ts';
import { newId } from '../core/newId.ts';
import { isUniqueViolation } from '../core/uniqueViolation.ts';
import { limitsOf } from '../identity/plan/limits.ts';
import { ServiceInfo } from '../identity/service/serviceInfo.ts';
import { lockCaller } from '../identity/session/lockCaller.ts';
import { requireCaller } from '../identity/session/requireCaller.ts';
import { isSubdomain, normaliseSubdomain, normaliseTarget, randomSubdomain } from './rules.ts';
import { TunnelType } from './tunnels.ts';

const maxRegionLength = 64;
const attempts = 5;

const inputFields = inputFieldsOf((t) => ({
  subdomain: t.string({ description: '1 to 63 of a-z, 0-9 and inner hyphens; a random one when empty.' }),
  target: t.string({ description: 'Port, host:port or http address; `http://localhost:3000` when empty.' }),
  region: t.string({ description: 'A label; `local` when empty.' }),
}));
type Input = InputOf<typeof inputFields>;

function check(input: Input, subdomain: string) {
  const issues = new Issues();
  if (!isSubdomain(subdomain)) {
    issues.add('subdomain', 'format', 'must be 1 to 63 of a-z, 0-9 and hyphens, without one at either end');
  }
  const target = normaliseTarget(input.target ?? '');
  if (!target) issues.add('target', 'format', 'must be a port, host:port or http:// address with a port');
  const region = (input.region ?? '').trim() || 'local';
  if (region.length > maxRegionLength)
    issues.add('region', 'too_long', `must have at most ${maxRegionLength} characters`);
  issues.throwIfAny();
  return { subdomain, target: target as string, region };
}

/** Quota, then form, then the name (Binboi 4.2), under the account's lock. */
function reserve({ db }: GraphContext, caller: Caller, input: Input, subdomain: string): Promise<Tunnel> {
  const accountId = caller.account.id;
  return db.$transaction(async (tx) => {
    const { maxTunnels } = limitsOf((await lockCaller(tx, caller)).plan);
    if (maxTunnels !== null && (await tx.tunnel.count({ where: { accountId } })) >= maxTunnels) {
      throw new DomainError('TUNNEL_LIMIT_REACHED');
    }
    return tx.tunnel.create({ data: { id: newId(), accountId, ...check(input, subdomain) } });
  });
}

async function reserveAny(context: GraphContext, caller: Caller, input: Input): Promise<Tunnel> {
  const wanted = normaliseSubdomain(input.subdomain ?? '');
  for (let attempt = 1; ; attempt++) {
    try {
      return await reserve(context, caller, input, wanted || randomSubdomain());
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      if (wanted || attempt === attempts) throw new DomainError('SUBDOMAIN_TAKEN', { cause: error });
    }
  }
}

builder.relayMutationField(
  'createTunnel',
  { description: 'A name to reserve.', inputFields },
  {
    access: verified,
    description: 'Reserves a public name for your account, unless your plan’s limit is reached.',
    resolve: async (_root, { input }, context) => ({
      tunnel: await reserveAny(context, requireCaller(context), input),
      service: context.services,
    }),
  },
  {
    description: 'A reserved name.',
    outputFields: (t) => ({
      tunnel: t.expose('tunnel', { type: TunnelType, description: 'The tunnel.' }),
      service: t.expose('service', { type: ServiceInfo, description: 'About this server.' }),
    }),
  },
);
