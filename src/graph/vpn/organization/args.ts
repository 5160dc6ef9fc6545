import { builder } from '../../core/builder.ts';

const description =
  'The organization to act for. Unless given, the one that the API key is bound to, or else your own.';

/** The argument of the queries that act for an organization; `accessOf` takes it. */
export const organizationArgs = builder.args((t) => ({ organizationId: t.int({ description }) }));

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** The same in the input of a mutation. */
export const organizationField = (t: InputFields) => ({ organizationId: t.int({ description }) });
