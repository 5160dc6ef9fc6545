import { GraphQLError, Kind, valueFromASTUntyped } from 'graphql';
import { builder } from './builder.ts';
import { isStorable } from './timestamps.ts';

const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

function parseDateTime(value: unknown): Date {
  const date = typeof value === 'string' && dateTimePattern.test(value) ? new Date(value) : undefined;
  if (!date || !isStorable(date)) {
    throw new GraphQLError('DateTime must be an RFC 3339 time, such as 2026-05-26T19:48:12Z.');
  }
  return date;
}

/** The TypeScript type that graphql-codegen gives a scalar, as clients get it and as they send it. */
const typed = (codegenScalarType: string) => ({ codegenScalarType });

builder.scalarType('DateTime', {
  extensions: typed('string'),
  description: 'A moment in UTC as RFC 3339 with milliseconds, such as `2026-05-26T19:48:12.000Z`.',
  // Rows that the database wrote as JSON hold the text already.
  serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

builder.scalarType('BigInt', {
  extensions: typed('number'),
  description: 'A whole number beyond 32 bits, as a JSON number; exact up to 2^53 - 1.',
  serialize: (value) => Number(value),
  parseValue: (value) => {
    if (!Number.isSafeInteger(value)) throw new GraphQLError('BigInt must be a whole number below 2^53.');
    return BigInt(value as number);
  },
});

builder.scalarType('JSON', {
  extensions: typed('unknown'),
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
