import { builder } from '../../core/builder.ts';

/** The argument of the root fields that act for an organization; {@link accessOf} takes it. */
export const organizationArgs = builder.args((t) => ({
  organizationId: t.int({
    description:
      'The organization to act for. Unless given, the one that the API key is bound to, or else your own.',
  }),
}));
