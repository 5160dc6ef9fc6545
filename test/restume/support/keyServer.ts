import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** The audience that the tests' apps are configured with. */
export const clientId = 'test-client.apps.googleusercontent.com';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A pair as Google publishes them. */
export async function makeSigningKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

/** What a token is to say beside the claims that a good one has. */
export interface TokenOptions {
  readonly claims?: JWTPayload;
  readonly header?: Record<string, unknown>;
  readonly key?: SigningKey;
  /** Unix seconds. */
  readonly expiresAt?: number;
}

/** A real HTTP server that publishes keys as Google does, and signs as Google would. */
export async function startKeyServer() {
  let published = [await makeSigningKey('first')];
  let status = 200;
  let hangs = false;
  let fetches = 0;
  const http: Server = createServer((_req, res) => {
    fetches += 1;
    if (hangs) return;
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ keys: published.map(({ publicJwk }) => publicJwk) }));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    env: { GOOGLE_CLIENT_ID: clientId, GOOGLE_ISSUER: origin, GOOGLE_JWKS_URL: `${origin}/certs` },
    fetches: () => fetches,
    current: () => published[0] as SigningKey,
    publish(...keys: SigningKey[]) {
      published = keys;
    },
    /** 200 is well; anything else is what a broken server answers. */
    answerWith(next: number) {
      status = next;
    },
    hang(next: boolean) {
      hangs = next;
      if (!next) http.closeAllConnections();
    },
    /** An ID token; good unless told otherwise. */
    async token(
      email: string,
      { claims = {}, header = {}, key = published[0], expiresAt }: TokenOptions = {},
    ) {
      const now = Math.floor(Date.now() / 1000);
      const { kid, privateKey } = key as SigningKey;
      return new SignJWT({ email, email_verified: true, name: 'Ada Lovelace', ...claims })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT', ...header })
        .setIssuer((claims.iss as string | undefined) ?? origin)
        .setAudience((claims.aud as string | undefined) ?? clientId)
        .setSubject((claims.sub as string | undefined) ?? `google-${email}`)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt ?? now + 3600)
        .sign(privateKey);
    },
    async stop(): Promise<void> {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A running key server. */
export type KeyServer = Awaited<ReturnType<typeof startKeyServer>>;
