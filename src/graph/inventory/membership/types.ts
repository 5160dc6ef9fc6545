import type { Membership } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { LocationRoleEnum } from '../location/roles.ts';

/** A membership with who it is. */
export type Member = Membership & { readonly account: { readonly name: string; readonly email: string } };

/** What a `Member` is read with. */
export const withAccount = { account: { select: { name: true, email: true } } } as const;

export const MemberType = builder.objectRef<Member>('Member').implement({
  description: 'Somebody who belongs to a location.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID of the membership.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    accountId: t.exposeID('accountId', { description: 'The account.' }),
    role: t.expose('role', { type: LocationRoleEnum, description: 'What they may do.' }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'Since when.' }),
    name: t.string({ description: 'What they are called.', resolve: ({ account }) => account.name }),
    email: t.string({ description: 'Their address.', resolve: ({ account }) => account.email }),
  }),
});
