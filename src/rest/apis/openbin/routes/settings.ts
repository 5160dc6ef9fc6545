import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';

const Read = graphql(`
  query OpenbinSettings($kind: SettingsKind!) {
    viewer {
      settings(kind: $kind)
    }
  }
`);

const Save = graphql(`
  mutation OpenbinSaveSettings($kind: SettingsKind!, $value: JSON!) {
    saveSettings(input: { kind: $kind, value: $value }) {
      settings
    }
  }
`);

/** The body is the object itself; none is an empty one, and `null` is no object. */
const object = z.preprocess((value) => (value === undefined ? {} : value), z.record(z.string(), z.unknown()));
const stored = z.record(z.string(), z.unknown());
type Stored = z.infer<typeof stored>;

/** Contract 14 and 19: one object a person, kept as it comes. */
function settings(path: string, kind: 'PREFERENCES' | 'PRINT', contract: string, what: string) {
  const tag = 'Settings';
  return [
    route({
      method: 'GET',
      path,
      contract,
      summary: `The ${what}, or null`,
      tag,
      access: 'required',
      document: Read,
      variables: () => ({ kind }),
      success: {
        status: 200,
        body: { schema: stored.nullable(), map: ({ viewer }) => viewer.settings as Stored | null },
      },
      errors: [],
    }),
    route({
      method: 'PUT',
      path,
      contract,
      summary: `Replace the ${what}`,
      tag,
      access: 'required',
      body: object,
      document: Save,
      variables: ({ body: value }) => ({ kind, value }),
      success: {
        status: 200,
        body: { schema: stored, map: ({ saveSettings }) => saveSettings.settings as Stored },
      },
      errors: ['INVALID_INPUT'],
    }),
  ];
}

export const settingsRoutes = [
  ...settings('/api/user-preferences', 'PREFERENCES', '19', 'preferences of the client'),
  ...settings('/api/print-settings', 'PRINT', '14', 'settings for printing labels'),
];
