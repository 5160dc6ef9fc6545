import { z } from 'zod';

/** An answer that only says what was done. */
export const message = z.strictObject({ message: z.string() });

/** RFC 3339 in UTC, as the graph writes it. */
export const time = z.iso.datetime();

/** A session as sign-in answers it. */
export const accessToken = z.strictObject({ access_token: z.string(), token_type: z.literal('bearer') });

/** The access token of a sign-in. */
export function toAccessToken(session: { accessToken: string }): z.infer<typeof accessToken> {
  return { access_token: session.accessToken, token_type: 'bearer' };
}
