import { notFound } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
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
import { passwordTaken } from './createVpnPassword.ts';
import { checkPassword, endOf } from './rules.ts';
import { viewPassword, vpnPasswordPayload } from './type.ts';
import type { PasswordVault } from './vault.ts';

const inputFields = inputFieldsOf((t) => ({
  ...organizationField(t),
  nodeId: t.int({ required: true, description: 'The node.' }),
  id: t.int({ required: true, description: 'The password.' }),
  name: t.string({ description: '1 to 64 characters.' }),
  bandwidthLimit: t.int({ description: 'MB a second: 1, 5, 10, 20 or 50.' }),
  transferLimit: t.int({ description: 'GB of 10^9 bytes; 0 is none.' }),
  transferIsMonthly: t.boolean({
    description: 'Whether the limit starts again on the first day of a month, UTC.',
  }),
  expiresAt: t.field({ type: 'DateTime', description: 'When its time ends; null is never.' }),
  expiresInSeconds: t.int({ description: 'The same, counted from now.' }),
  password: t.string({ description: '4 to 64 characters, unique on the node.' }),
  active: t.boolean({ description: 'False switches it off.' }),
  resetTransfer: t.boolean({ description: 'True counts its transfer from 0 again.' }),
}));
type Changes = Omit<InputOf<typeof inputFields>, 'organizationId' | 'nodeId' | 'id'>;

function check(input: Changes) {
  if (Object.values(input).every((value) => value === undefined)) {
    throw invalid('input', 'required', 'names nothing to change');
  }
  const issues = new Issues();
  checkPassword(issues, input);
  issues.throwIfAny();
  return {
    name: input.name == null ? undefined : tidyName(input.name),
    bandwidthLimit: input.bandwidthLimit ?? undefined,
    transferLimit: input.transferLimit ?? undefined,
    transferIsMonthly: input.transferIsMonthly ?? undefined,
    expiresAt: endOf(input),
    active: input.active ?? undefined,
  };
}

function sealing(vault: PasswordVault, nodeId: number, password: string) {
  return { sealed: vault.seal(nodeId, password), fingerprint: vault.fingerprint(nodeId, password) };
}

/** One statement: what a heartbeat reports at this moment is counted before or after it, never lost. */
function resetTransfer(tx: Prisma.TransactionClient, id: number): Promise<number> {
  return tx.$executeRaw`
    UPDATE "VpnPassword" SET "uploadReset" = "uploadReported", "downloadReset" = "downloadReported"
    WHERE "id" = ${id}`;
}

builder.relayMutationField(
  'updateVpnPassword',
  { description: 'What to change of a password; what is left out stays.', inputFields },
  {
    access: organizationWriter,
    description: 'Changes a password; the node hears of it in the answer to its next heartbeat.',
    resolve: async (_root, { input: { organizationId, nodeId, id, ...changes } }, context) => {
      const { vault } = vpnServices(context);
      const { password, resetTransfer: resets } = changes;
      const { id: ownerId } = await accessOf(context, organizationId);
      const data = { ...check(changes), ...(password != null && sealing(vault, nodeId, password)) };
      try {
        const row = await context.db.$transaction(async (tx) => {
          await lockOrganizationAs(tx, requireCaller(context), ownerId);
          const where = { id, nodeId, node: { organizationId: ownerId } };
          if ((await tx.vpnPassword.count({ where })) === 0) throw notFound('Password');
          if (resets) await resetTransfer(tx, id);
          return tx.vpnPassword.update({ where: { id }, data });
        });
        return { vpnPassword: viewPassword(row, vault, new Date()) };
      } catch (error) {
        throw isUniqueViolation(error) ? passwordTaken() : error;
      }
    },
  },
  vpnPasswordPayload('updateVpnPassword'),
);
