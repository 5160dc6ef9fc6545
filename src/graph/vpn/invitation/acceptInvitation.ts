import { DomainError } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { verified } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { newId } from '../../core/newId.ts';
import { storedAddresses } from '../../core/text/addresses.ts';
import { securityLog } from '../../identity/security/events.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { type Access, forgetAccess } from '../organization/access.ts';
import { organizationPayload } from '../organization/type.ts';

builder.relayMutationField(
  'acceptOrganizationInvitation',
  {
    description: 'What was mailed.',
    inputFields: (t) => ({
      token: t.string({ required: true, description: 'From the mail; it works once.' }),
    }),
  },
  {
    // The token is the permission.
    access: verified,
    description: 'Makes you a member of the organization that offered it to your address.',
    resolve: async (_root, { input: { token } }, context) => {
      const { account } = requireCaller(context);
      const security = securityLog(context);
      const access = await context.db.$transaction(async (tx) => {
        // One statement takes it, so that of many callers exactly one has it. The address counts too:
        // a forwarded mail must not make somebody else a member.
        const [invitation] = await tx.$queryRaw<
          { organizationId: number; role: Access['role']; expiresAt: Date }[]
        >`
          DELETE FROM "OrganizationInvitation"
          WHERE "hash" = ${sha256Hex(token.trim())} AND "email" IN (${Prisma.join(storedAddresses(account.email))})
          RETURNING "organizationId", "role", "expiresAt"`;
        if (!invitation) throw new DomainError('SECRET_INVALID');
        if (invitation.expiresAt.getTime() <= Date.now()) throw new DomainError('SECRET_EXPIRED');
        const { organizationId, role } = invitation;
        // Who has become a member in the meantime keeps the role that they have.
        const member = await tx.organizationMember.upsert({
          where: { organizationId_accountId: { organizationId, accountId: account.id } },
          create: { id: newId(), organizationId, accountId: account.id, role },
          update: {},
          include: { organization: true },
        });
        const { organization } = member;
        const target = { type: 'organization', id: String(organizationId), name: organization.name };
        await security.record(tx, { name: 'member_joined', account, target, details: { role: member.role } });
        return { ...organization, role: member.role };
      });
      security.committed();
      forgetAccess(context);
      return { organization: access };
    },
  },
  organizationPayload('acceptOrganizationInvitation'),
);
