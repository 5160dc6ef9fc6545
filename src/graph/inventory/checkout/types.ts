import { builder } from '../../core/builder.ts';
import type { CheckoutRow } from './rows.ts';

export const CheckoutType = builder.objectRef<CheckoutRow>('Checkout').implement({
  description: 'Somebody took an item out of its bin.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    itemId: t.exposeID('itemId', { description: 'The item.' }),
    itemName: t.exposeString('itemName', { description: 'What the item is called.' }),
    originBinId: t.exposeID('originBinId', { description: 'The bin that it belongs in.' }),
    originBinName: t.exposeString('originBinName', { description: 'What that bin is called.' }),
    originBinIcon: t.exposeString('originBinIcon', { description: 'The picture of that bin.' }),
    originBinColor: t.exposeString('originBinColor', { description: 'The color of that bin.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    checkedOutById: t.exposeID('checkedOutById', {
      nullable: true,
      description: 'Who took it; null when the account is gone.',
    }),
    checkedOutByName: t.exposeString('checkedOutByName', {
      nullable: true,
      description: 'What that person is called now.',
    }),
    checkedOutAt: t.expose('checkedOutAt', { type: 'DateTime', description: 'When.' }),
    returnedAt: t.expose('returnedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it came back; null while it is out.',
    }),
    returnedById: t.exposeID('returnedById', {
      nullable: true,
      description: 'Who brought it back; null while it is out, or when the account is gone.',
    }),
    returnBinId: t.exposeID('returnBinId', { nullable: true, description: 'The bin that it came back to.' }),
  }),
});

export const CheckoutConnection = builder.connectionObject(
  { type: CheckoutType, name: 'CheckoutConnection', description: 'A page of checkouts.' },
  { name: 'CheckoutEdge' },
);

const reasons = {
  NOT_FOUND: { description: 'There is no such thing, or you may not see it.' },
  ALREADY_CHECKED_OUT: { description: 'Somebody has the item already.' },
} as const;

const BulkErrorReason = builder.enumType('BulkErrorReason', {
  description: 'Why a bulk operation left something alone.',
  values: reasons,
});

/** Something that a bulk operation left alone. */
export interface BulkError {
  readonly id: string;
  readonly reason: keyof typeof reasons;
}

export const BulkErrorType = builder.objectRef<BulkError>('BulkError').implement({
  description: 'Something that a bulk operation left alone.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Which.' }),
    reason: t.expose('reason', { type: BulkErrorReason, description: 'Why.' }),
  }),
});
