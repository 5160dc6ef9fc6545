import { type JWSHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import type { Config } from '../../../config/config.ts';
import { DomainError } from '../../../errors/domainError.ts';
import {
  createPublishedKeys,
  KeysUnavailableError,
  type PublishedKeys,
} from '../../../platform/publishedKeys/publishedKeys.ts';
import { normaliseAddress } from '../../core/text/addresses.ts';
import { isEmail } from '../account/rules.ts';

const defaultIssuer = 'https://accounts.google.com';
const maxTokenLength = 8192;
const maxSubjectLength = 255;
const retryAfterSeconds = 5;
/** U+0000 among them, which PostgreSQL cannot store. */
const control = /\p{Cc}+/gu;

/** Whom a Google ID token is about; Google vouches for the address. */
export interface GoogleIdentity {
  /** Google's id of the person, for ever. */
  readonly subject: string;
  /** As accounts store it. */
  readonly email: string;
  readonly name: string | undefined;
  /** Whether Google runs the mailbox, so that its word alone tells who reads it: at gmail.com and in Workspace (`hd`). */
  readonly isAuthoritative: boolean;
}

/** Reads Google's ID tokens. */
export interface GoogleTokens {
  /** Throws IDENTITY_PROVIDER_DISABLED, IDENTITY_PROVIDER_UNREACHABLE or IDENTITY_TOKEN_INVALID. */
  verify(idToken: string): Promise<GoogleIdentity>;
}

const invalid = (cause?: unknown) => new DomainError('IDENTITY_TOKEN_INVALID', { cause });

/** Only the published keys count: a token must not bring its own key, or say where to fetch one. */
function assertNamesPublishedKey(header: JWSHeaderParameters): void {
  const bringsKey = ['jku', 'jwk', 'x5u', 'x5c'].some((name) => name in header);
  if (bringsKey || typeof header.kid !== 'string') throw invalid();
}

function identityOf({ sub, aud, email, email_verified, name, hd }: JWTPayload): GoogleIdentity {
  // A token for several audiences was made for somebody else too, who could bring it here.
  if (typeof aud !== 'string') throw invalid();
  if (typeof sub !== 'string' || sub === '' || sub.length > maxSubjectLength) throw invalid();
  if (email_verified !== true || typeof email !== 'string') throw invalid();
  const address = normaliseAddress(email);
  if (!isEmail(address) || (sub + address).search(control) !== -1) throw invalid();
  return {
    subject: sub,
    email: address,
    name: typeof name === 'string' ? name.replace(control, ' ') : undefined,
    isAuthoritative: address.endsWith('@gmail.com') || (typeof hd === 'string' && hd !== ''),
  };
}

async function read(
  idToken: string,
  keys: PublishedKeys,
  audience: string,
  issuer: string[],
): Promise<GoogleIdentity> {
  if (idToken.length > maxTokenLength) throw invalid();
  const keyOf = (header: JWSHeaderParameters) => {
    assertNamesPublishedKey(header);
    return keys.keyFor(header);
  };
  const { payload } = await jwtVerify(idToken, keyOf, {
    // Pinned: with `none`, or HS256 under the public key, anybody could sign.
    algorithms: ['RS256'],
    audience,
    issuer,
    requiredClaims: ['sub', 'iat', 'exp'],
  });
  return identityOf(payload);
}

/** ID tokens for `config.googleClientId`, checked against the keys that Google publishes (OpenID Connect Core 3.1.3.7). */
export function createGoogleTokens(
  config: Pick<Config, 'googleClientId' | 'googleIssuer' | 'googleJwksUrl'>,
): GoogleTokens {
  const { googleClientId: clientId, googleIssuer, googleJwksUrl } = config;
  const keys = createPublishedKeys(googleJwksUrl);
  // Google writes its name in two ways.
  const issuer = googleIssuer === defaultIssuer ? [defaultIssuer, 'accounts.google.com'] : [googleIssuer];
  return {
    async verify(idToken) {
      if (!clientId) throw new DomainError('IDENTITY_PROVIDER_DISABLED');
      try {
        return await read(idToken, keys, clientId, issuer);
      } catch (error) {
        if (error instanceof DomainError) throw error;
        if (!(error instanceof KeysUnavailableError)) throw invalid(error);
        throw new DomainError('IDENTITY_PROVIDER_UNREACHABLE', { retryAfterSeconds, cause: error });
      }
    },
  };
}
