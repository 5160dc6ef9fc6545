import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';

const maxIds = 1000;

builder.relayMutationField(
  'reorderCustomFields',
  {
    description: 'The order of custom fields.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      ids: t.idList({
        required: true,
        description: `From 1 to ${maxIds} fields; each gets its place in this list.`,
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Puts custom fields in this order; ids that are not of the location do not matter. For its administrators.',
    resolve: async (_root, { input: { locationId, ids } }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      if (ids.length < 1 || ids.length > maxIds)
        throw invalid('ids', 'range', `must be a list of 1 to ${maxIds} ids`);
      const reorderedCount = await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, locationId, 'ADMIN');
        const own = await tx.customField.findMany({
          where: { locationId, id: { in: ids } },
          select: { id: true },
        });
        for (const { id } of own) {
          await tx.customField.update({
            where: { id },
            data: { position: ids.indexOf(id) },
            select: { id: true },
          });
        }
        return own.length;
      });
      return { reorderedCount };
    },
  },
  {
    description: 'What `reorderCustomFields` returns.',
    outputFields: (t) => ({
      reorderedCount: t.exposeInt('reorderedCount', { description: 'How many fields have their place now.' }),
    }),
  },
);
