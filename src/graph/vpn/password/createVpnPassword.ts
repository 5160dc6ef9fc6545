import { DomainError, notFound } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { randomBase62 } from '../../../platform/secrets/tokens.ts';
import { builder } from '../../core/builder.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { tidyName } from '../../core/text/names.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { lockOrganizationAs } from '../organization/lockOrganization.ts';
import { organizationWriter } from '../rules.ts';
import { vpnServices } from '../vpnServices.ts';
import {
  checkPassword,
  defaultBandwidthLimit,
  endOf,
  generatedLength,
  maxPasswordsPerNode,
  shareCodeLength,
} from './rules.ts';
import { monthOf } from './transfer.ts';
import { viewPassword, vpnPasswordPayload } from './type.ts';

const inputFields = inputFieldsOf((t) => ({
  ...organizationField(t),
  nodeId: t.int({ required: true, description: 'The node.' }),
  name: t.string({ required: true, description: '1 to 64 characters.' }),
  bandwidthLimit: t.int({
    required: true,
    defaultValue: defaultBandwidthLimit,
    description: 'MB a second: 1, 5, 10, 20 or 50.',
  }),
  transferLimit: t.int({ required: true, defaultValue: 0, description: 'GB of 10^9 bytes; 0 is none.' }),
  transferIsMonthly: t.boolean({
    required: true,
    defaultValue: false,
    description: 'Whether the limit starts again on the first day of a month, UTC.',
  }),
  expiresAt: t.field({ type: 'DateTime', description: 'When its time ends; never unless given.' }),
  expiresInSeconds: t.int({ description: 'The same, counted from now.' }),
  password: t.string({ description: '4 to 64 characters, unique on the node; generated unless given.' }),
}));

function check(input: InputOf<typeof inputFields>) {
  const issues = new Issues();
  checkPassword(issues, input);
  issues.throwIfAny();
  return {
    name: tidyName(input.name),
    bandwidthLimit: input.bandwidthLimit ?? defaultBandwidthLimit,
    transferLimit: input.transferLimit ?? 0,
    transferIsMonthly: input.transferIsMonthly ?? false,
    expiresAt: endOf(input) ?? null,
  };
}

/**
 * Makes transactions that count and then write for one node take turns; see `lockAccount`.
 * Throws NOT_FOUND unless the node is one of the organization's.
 */
async function lockNode(tx: Prisma.TransactionClient, nodeId: number, organizationId: number): Promise<void> {
  const count = await tx.$executeRaw`
    UPDATE "VpnNode" SET "lockSequence" = "lockSequence" + 1
    WHERE "id" = ${nodeId} AND "organizationId" = ${organizationId}`;
  if (count === 0) throw notFound('Node');
}

/** The refusal of a password that the node has. */
export const passwordTaken = () => invalid('password', 'taken', 'is already used on this node');

builder.relayMutationField(
  'createVpnPassword',
  { description: 'A new password.', inputFields },
  {
    access: organizationWriter,
    description: `Makes a password for a node. A node has at most ${maxPasswordsPerNode}.`,
    resolve: async (_root, { input }, context) => {
      const { organizationId, nodeId } = input;
      const { vault } = vpnServices(context);
      const fields = check(input);
      const password = input.password ?? randomBase62(generatedLength);
      const access = await accessOf(context, organizationId);
      const now = new Date();
      const data = {
        ...fields,
        nodeId,
        sealed: vault.seal(nodeId, password),
        fingerprint: vault.fingerprint(nodeId, password),
        month: monthOf(now),
        shareCode: randomBase62(shareCodeLength),
      };
      try {
        const row = await context.db.$transaction(async (tx) => {
          await lockOrganizationAs(tx, requireCaller(context), access.id);
          await lockNode(tx, nodeId, access.id);
          const count = await tx.vpnPassword.count({ where: { nodeId } });
          if (count >= maxPasswordsPerNode) throw new DomainError('VPN_LIMIT_REACHED');
          return tx.vpnPassword.create({ data });
        });
        return { vpnPassword: viewPassword(row, vault, now) };
      } catch (error) {
        throw isUniqueViolation(error) ? passwordTaken() : error;
      }
    },
  },
  vpnPasswordPayload('createVpnPassword'),
);
