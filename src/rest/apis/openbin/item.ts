import { z } from 'zod';

/** An item as it lies in its bin (10.1). */
export const itemRow = z.strictObject({ id: z.string(), name: z.string(), quantity: z.int().nullable() });
