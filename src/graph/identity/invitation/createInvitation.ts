import { randomBytes } from 'node:crypto';
import { invalid } from '../../../errors/issues.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { newId } from '../../core/newId.ts';
import { requireCaller } from '../session/requireCaller.ts';

const maxHours = 24 * 90;

builder.relayMutationField(
  'createInvitation',
  {
    description: 'A permission to register.',
    inputFields: (t) => ({
      validHours: t.int({ defaultValue: 24 * 7, required: true, description: `From 1 to ${maxHours}.` }),
    }),
  },
  {
    access: administrator,
    description:
      'Makes a code with which one person may register while registration is by invitation. For administrators.',
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
  },
  {
    description: 'A new invitation.',
    outputFields: (t) => ({
      code: t.exposeString('code', { description: 'For `register`, once. Shown only here.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
    }),
  },
);
