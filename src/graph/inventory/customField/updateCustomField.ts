import { DomainError, notFound } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { assertNameFree } from '../location/uniqueNames.ts';
import { CustomFieldType, fieldNameRule } from './customFields.ts';

/** Leaves room for one more behind the last. */
const maxPosition = 1_000_000;

builder.relayMutationField(
  'updateCustomField',
  {
    description: 'What to change of a custom field; what is left out stays.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      id: t.id({ required: true, description: 'The field.' }),
      name: t.string({ description: 'Trimmed; at most 100 characters.' }),
      position: t.float({ description: `A whole number from 0 to ${maxPosition}.` }),
    }),
  },
  {
    access: signedIn,
    description:
      'Changes a custom field. For administrators of the location. Throws NOT_FOUND or NAME_TAKEN.',
    resolve: async (_root, { input: { locationId, id, name, position } }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      const known = await context.db.customField.count({ where: { id, locationId } });
      if (known === 0) throw notFound('Custom field');
      const issues = new Issues();
      const newName = name == null ? undefined : checkText(issues, 'name', name, fieldNameRule);
      if (position != null && !(Number.isInteger(position) && position >= 0 && position <= maxPosition)) {
        issues.add('position', 'range', `must be a whole number between 0 and ${maxPosition}`);
      }
      issues.throwIfAny();
      const data = { ...(newName !== undefined && { name: newName }), ...(position != null && { position }) };
      const [row] = await context.db
        .$transaction(async (tx) => {
          // A bin that moves in finds its fields by their names.
          await lockLocationAs(tx, caller, locationId, 'ADMIN');
          if (newName !== undefined) {
            assertNameFree(await tx.customField.findMany({ where: { locationId } }), newName, id);
          }
          return tx.customField.updateManyAndReturn({ where: { id, locationId }, data });
        })
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? new DomainError('NAME_TAKEN', { cause: error }) : error;
        });
      if (!row) throw notFound('Custom field');
      return { customField: row };
    },
  },
  {
    description: 'What `updateCustomField` returns.',
    outputFields: (t) => ({
      customField: t.expose('customField', { type: CustomFieldType, description: 'The changed field.' }),
    }),
  },
);
