import { z } from 'zod';
import { graphql, type ResultOf } from '../../../graph/core/documents.ts';

/** Contract 4, "Success envelope". */
export function envelope<Data extends z.ZodType>(data: Data) {
  return z.strictObject({
    data,
    meta: z.strictObject({
      instance_name: z.string(),
      auth_mode: z.literal('personal-access-token'),
      access_scope: z.literal('token'),
      generated_at: z.string(),
    }),
  });
}

export const ServiceFields = graphql(`
  fragment BinboiService on ServiceInfo @_unmask {
    name
    now
  }
`);

/** Data in the envelope. */
export function inEnvelope<Data>(data: Data, service: ResultOf<typeof ServiceFields>) {
  return {
    data,
    meta: {
      instance_name: service.name,
      auth_mode: 'personal-access-token' as const,
      access_scope: 'token' as const,
      generated_at: service.now,
    },
  };
}
