import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { CustomField } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { appendFields } from './append.ts';
import { CustomFieldType, fieldNameRule } from './types.ts';

builder.mutationField('createCustomField', (t) =>
  t.field({
    access: signedIn,
    type: CustomFieldType,
    description: 'Adds a custom field at the end. For administrators of the location. Throws NAME_TAKEN.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      name: t.arg.string({ required: true, description: 'Trimmed; at most 100 characters.' }),
    },
    resolve: async (_root, { locationId, ...args }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      const issues = new Issues();
      const name = checkText(issues, 'name', args.name, fieldNameRule);
      issues.throwIfAny();
      try {
        return await context.db.$transaction(async (tx) => {
          await lockLocationAs(tx, caller, locationId, 'ADMIN');
          const [field] = await appendFields(tx, locationId, [name]);
          return field as CustomField;
        });
      } catch (error) {
        throw isUniqueViolation(error) ? new DomainError('NAME_TAKEN', { cause: error }) : error;
      }
    },
  }),
);
