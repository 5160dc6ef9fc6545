import { builder } from '../../core/builder.ts';

export const BinItemInput = builder.inputType('BinItemInput', {
  description: 'A thing for a bin.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'At most 500 characters; left out when empty.' }),
    quantity: t.float({ description: 'Rounded down, at least 1; nothing leaves it uncounted.' }),
  }),
});

export const FieldValueInput = builder.inputType('FieldValueInput', {
  description: 'The value of a custom field.',
  fields: (t) => ({
    fieldId: t.string({ required: true, description: 'A custom field of the location.' }),
    value: t.string({ required: true, description: 'At most 2,000 characters; empty for none.' }),
  }),
});
