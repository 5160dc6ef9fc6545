import { randomHex } from '../../../platform/secrets/tokens.ts';

/**
 * A new invite code: 32 hexadecimal characters (OpenBin 8). It is stored as it is, because
 * administrators may read it again at any time.
 */
export const makeInviteCode = (): string => randomHex(16);
