import type { Config } from '../../config/config.ts';
import type { Limiters } from '../../platform/limiter/limiters.ts';
import type { Keyring } from '../../platform/secrets/keyring.ts';
import { type Services, wingServices } from '../core/services.ts';
import { type CountAnonymousWork, createAddressLimit } from './account/addressLimit.ts';
import { createMailLimits, type MailLimits } from './account/mailLimits.ts';
import { createGoogleTokens, type GoogleTokens } from './federated/googleTokens.ts';
import { type Codes, createCodes } from './secret/codes.ts';
import type { SessionTokens } from './session/sessionTokens.ts';
import { createSignInGuard, type SignInGuard } from './session/signInGuard.ts';

/** What the resolvers of identity work with beside `services.credentials`. */
export interface IdentityServices {
  readonly sessionTokens: SessionTokens;
  readonly signInGuard: SignInGuard;
  readonly mailLimits: MailLimits;
  readonly countAnonymousWork: CountAnonymousWork;
  readonly codes: Codes;
  readonly googleTokens: GoogleTokens;
}

interface IdentityPlatform {
  readonly config: Config;
  readonly limiters: Limiters;
  readonly keyring: Keyring;
  /** Made before, because the credential check needs them too. */
  readonly sessionTokens: SessionTokens;
}

const own = wingServices<IdentityServices>('identity');

/** The services of identity. */
export const identityServices = own.of;

/** Puts them together, once a process. */
export function addIdentityServices(
  services: Services,
  { config, limiters, keyring, sessionTokens }: IdentityPlatform,
): void {
  own.add(services, {
    sessionTokens,
    signInGuard: createSignInGuard(limiters),
    mailLimits: createMailLimits(limiters),
    countAnonymousWork: createAddressLimit(limiters),
    codes: createCodes(keyring.derive('one-time-codes')),
    googleTokens: createGoogleTokens(config),
  });
}
