import { builder } from './builder.ts';

export const ListOrderEnum = builder.enumType('ListOrder', {
  description: 'Which end of a list comes first.',
  values: {
    NEWEST_FIRST: { description: 'The newest.' },
    OLDEST_FIRST: { description: 'The oldest.' },
  } as const,
});
