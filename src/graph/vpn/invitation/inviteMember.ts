import { DomainError } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { randomBase62, sha256Hex } from '../../../platform/secrets/tokens.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { storedAddresses } from '../../core/text/addresses.ts';
import { checkEmail } from '../../identity/account/rules.ts';
import { identityServices } from '../../identity/services.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { assertMayGrant } from '../member/target.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { lockOrganizationAs } from '../organization/lockOrganization.ts';
import { maxMembers } from '../organization/rules.ts';
import { MemberRoleEnum } from '../organization/type.ts';
import { organizationWriter } from '../rules.ts';
import { sendInvitation } from './mail.ts';
import { OrganizationInvitationType } from './type.ts';

const lifeMs = 7 * 24 * 3600_000;
const tokenLength = 43;

/** Refuses a member, and an offer beyond the limit. Runs under the organization's lock. */
async function assertRoom(
  tx: Prisma.TransactionClient,
  organizationId: number,
  email: string,
): Promise<void> {
  const member = await tx.organizationMember.count({
    where: { organizationId, account: { email: { in: storedAddresses(email) } } },
  });
  if (member > 0) throw invalid('email', 'taken', 'is a member already');
  const members = await tx.organizationMember.count({ where: { organizationId } });
  const invited = await tx.organizationInvitation.count({ where: { organizationId, email: { not: email } } });
  if (members + invited >= maxMembers) throw new DomainError('VPN_LIMIT_REACHED');
}

async function assertMailAllowed(
  { services }: GraphContext,
  accountId: string,
  email: string,
): Promise<void> {
  const { mailLimits } = identityServices({ services });
  const allowed =
    (await mailLimits.allow('inviter', accountId)) && (await mailLimits.allow('invitation', email));
  if (!allowed) throw new DomainError('RATE_LIMITED');
}

builder.relayMutationField(
  'inviteOrganizationMember',
  {
    description: 'An offer of membership.',
    inputFields: (t) => ({
      ...organizationField(t),
      email: t.string({ required: true, description: 'To whom.' }),
      role: t.field({ type: MemberRoleEnum, required: true, description: 'What its taker will be.' }),
    }),
  },
  {
    access: organizationWriter,
    description:
      'Mails an offer of membership, good for seven days; it replaces an older one to the same address. Only owners offer to make owners, and nobody offers anything before they have proven an address of their own: throws EMAIL_NOT_VERIFIED.',
    resolve: async (_root, { input: { organizationId, role, ...input } }, context) => {
      const caller = requireCaller(context);
      const { account } = caller;
      const access = await accessOf(context, organizationId);
      assertMayGrant(access, role);
      // Pre-hijacking: whoever typed somebody's address first must not leave a helper among the members for the day
      // on which its owner moves in. Keys and sessions end by that proof; members would stay.
      if (!account.emailVerifiedAt && !account.firstProvenAt) throw new DomainError('EMAIL_NOT_VERIFIED');
      const issues = new Issues();
      const email = checkEmail(issues, 'email', input.email);
      issues.throwIfAny();
      await assertMailAllowed(context, account.id, email);
      const token = randomBase62(tokenLength);
      const offer = {
        role,
        hash: sha256Hex(token),
        invitedById: account.id,
        createdAt: new Date(),
        expiresAt: new Date(Date.now() + lifeMs),
      };
      const invitation = await context.db.$transaction(async (tx) => {
        assertMayGrant(await lockOrganizationAs(tx, caller, access.id), role);
        await assertRoom(tx, access.id, email);
        return tx.organizationInvitation.upsert({
          where: { organizationId_email: { organizationId: access.id, email } },
          create: { id: newId(), organizationId: access.id, email, ...offer },
          update: offer,
        });
      });
      sendInvitation(context, invitation, access.name, token);
      return { organizationInvitation: invitation };
    },
  },
  {
    description: 'What `inviteOrganizationMember` returns.',
    outputFields: (t) => ({
      organizationInvitation: t.expose('organizationInvitation', {
        type: OrganizationInvitationType,
        description: 'The invitation.',
      }),
    }),
  },
);
