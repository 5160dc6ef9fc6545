import { randomBytes } from 'node:crypto';
import { invalid } from '../../../errors/issues.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { newId } from '../../core/newId.ts';
import { requireCaller } from '../session/requireCaller.ts';

const maxHours = 24 * 90;

const CreateInvitationInput = builder.inputType('CreateInvitationInput', {
  description: 'A permission to register.',
  fields: (t) => ({
    validHours: t.int({ defaultValue: 24 * 7, required: true, description: `From 1 to ${maxHours}.` }),
  }),
});

const CreateInvitationPayload = builder
  .objectRef<{ code: string; expiresAt: Date }>('CreateInvitationPayload')
  .implement({
    description: 'A new invitation.',
    fields: (t) => ({
      code: t.exposeString('code', { description: 'For `register`, once. Shown only here.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
    }),
  });

builder.mutationField('createInvitation', (t) =>
  t.field({
    access: administrator,
    type: CreateInvitationPayload,
    description:
      'Makes a code with which one person may register while registration is by invitation. For administrators.',
    args: { input: t.arg({ type: CreateInvitationInput, required: true, description: 'The permission.' }) },
    resolve: async (_root, { input }, context) => {
      if (input.validHours < 1 || input.validHours > maxHours) {
        throw invalid('validHours', 'range', `must be between 1 and ${maxHours}`);
      }
      const { account, credential } = requireCaller(context);
      const code = randomBytes(16).toString('hex');
      const expiresAt = new Date(Date.now() + input.validHours * 3600_000);
      const createdById = credential.kind === 'OPERATOR' ? null : account.id;
      await context.db.invitation.create({
        data: { id: newId(), hash: sha256Hex(code), expiresAt, createdById },
      });
      return { code, expiresAt };
    },
  }),
);
