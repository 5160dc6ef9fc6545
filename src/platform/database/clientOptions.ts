/** What both engines' Prisma clients are made with. */
export const clientOptions = {
  // The other formats walk the call stack on every query, and put a query's values in error messages.
  errorFormat: 'minimal',
  transactionOptions: { maxWait: 10_000, timeout: 10_000 },
} as const;
