import { z } from 'zod';

/** What a bulk operation left alone, and why (25.1, 25.3). */
export const bulkErrors = z.array(
  z.strictObject({ id: z.string(), reason: z.enum(['NOT_FOUND', 'ALREADY_CHECKED_OUT']) }),
);
