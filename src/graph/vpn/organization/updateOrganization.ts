import { Issues, invalid } from '../../../errors/issues.ts';
import { builder } from '../../core/builder.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { tidyName } from '../../core/text/names.ts';
import { checkEmail } from '../../identity/account/rules.ts';
import { organizationWriter } from '../rules.ts';
import { accessOf, forgetAccess } from './access.ts';
import { organizationField } from './args.ts';
import { maxOrganizationNameLength, organizationRules } from './rules.ts';
import { organizationPayload } from './type.ts';

const inputFields = inputFieldsOf((t) => ({
  ...organizationField(t),
  name: t.string({ description: `1 to ${maxOrganizationNameLength} characters.` }),
  contactEmail: t.string({ description: 'Where to write to.' }),
}));

function check({ name, contactEmail }: InputOf<typeof inputFields>) {
  if (name == null && contactEmail == null) throw invalid('input', 'required', 'names nothing to change');
  const issues = new Issues();
  const trimmed = name == null ? undefined : tidyName(name);
  if (trimmed !== undefined && !organizationRules.name.accepts(trimmed)) {
    issues.add('name', 'format', organizationRules.name.message);
  }
  const email = contactEmail == null ? undefined : checkEmail(issues, 'contactEmail', contactEmail);
  issues.throwIfAny();
  return { name: trimmed, contactEmail: email };
}

builder.relayMutationField(
  'updateOrganization',
  { description: 'What to change of an organization; what is left out stays.', inputFields },
  {
    access: organizationWriter,
    description: 'Changes the name or the address of an organization.',
    resolve: async (_root, { input: { organizationId, ...changes } }, context) => {
      const { id, role } = await accessOf(context, organizationId);
      const row = await context.db.organization.update({ where: { id }, data: check(changes) });
      forgetAccess(context);
      return { organization: { ...row, role } };
    },
  },
  organizationPayload('updateOrganization'),
);
