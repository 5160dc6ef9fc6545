import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { CustomField } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { assertNameFree } from '../location/uniqueNames.ts';
import { appendFields, CustomFieldType, fieldNameRule } from './customFields.ts';

builder.relayMutationField(
  'createCustomField',
  {
    description: 'A new custom field.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      name: t.string({ required: true, description: 'Trimmed; at most 100 characters.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Adds a custom field at the end. For administrators of the location. Throws NAME_TAKEN.',
    resolve: async (_root, { input: { locationId, ...input } }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      const issues = new Issues();
      const name = checkText(issues, 'name', input.name, fieldNameRule);
      issues.throwIfAny();
      try {
        const customField = await context.db.$transaction(async (tx) => {
          await lockLocationAs(tx, caller, locationId, 'ADMIN');
          assertNameFree(await tx.customField.findMany({ where: { locationId } }), name);
          const [field] = await appendFields(tx, locationId, [name]);
          return field as CustomField;
        });
        return { customField };
      } catch (error) {
        throw isUniqueViolation(error) ? new DomainError('NAME_TAKEN', { cause: error }) : error;
      }
    },
  },
  {
    description: 'What `createCustomField` returns.',
    outputFields: (t) => ({
      customField: t.expose('customField', { type: CustomFieldType, description: 'The new field.' }),
    }),
  },
);
