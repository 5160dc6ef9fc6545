import { builder } from '../../core/builder.ts';
import type { ExportSection } from '../../core/exportData.ts';
import { keysetConnection } from '../../core/keyset.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';
import { assertOwn } from '../session/ownAccount.ts';
import { identitySections } from './sections.ts';

/** About how many sections there are, and how many values a row has. */
const usualSections = 20;
const usualValues = 10;

const ExportSectionType = builder.objectRef<ExportSection>('ExportSection').implement({
  description: 'One kind of data that an account owns.',
  fields: (t) => ({
    section: t.exposeString('name', { description: 'What it is, such as `bins`.' }),
    rows: t.connection({
      type: 'JSON',
      description:
        'The rows as JSON objects, oldest first, without secrets. Read on with `after` while there is a next page.',
      extensions: weigh({ statements: 1, rowValues: usualValues }),
      resolve: (section, args, { db }) =>
        keysetConnection(
          args,
          (page) => section.rows(db, page),
          () => section.count(db),
          { order: 'OLDEST_FIRST', cursors: section.cursors },
        ),
    }),
  }),
});

builder.objectField(AccountType, 'export', (t) =>
  t.field({
    type: [ExportSectionType],
    description:
      'Everything that you own here, by section and page, so that no answer grows with it. An unknown section is left out.',
    args: {
      sections: t.arg.stringList({ description: 'Only these sections; all unless given.' }),
    },
    extensions: weigh({ size: usualSections, names: 'sections' }),
    resolve: (account, { sections }, context) => {
      assertOwn(context, account);
      const { id } = account;
      return [...identitySections(id), ...context.services.lifecycle.exportData(id)].filter(
        ({ name }) => sections?.includes(name) ?? true,
      );
    },
  }),
);
