import { join, resolve } from 'node:path';
import { ConfigError } from './configError.ts';
import { readVariables } from './environment.ts';
import { groupOpenbin } from './openbin.ts';
import { schema, type Variables } from './schema.ts';

export { API_NAMES, type ApiHosts, type ApiName } from './apis.ts';
export { ConfigError } from './configError.ts';
export { loadEnvironment } from './environment.ts';
export { findMisspellings } from './misspelt.ts';
export type { AiAccess } from './openbin.ts';

/** Everything that the environment decides, parsed once and frozen. */
export type Config = ReturnType<typeof group>;

/**
 * Parses the environment. An empty value counts as not set; unknown names are ignored.
 * @throws ConfigError naming every invalid variable, never with its value.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const result = schema.safeParse(readVariables(env));
  if (result.success) return freezeDeep(group(result.data));
  const [first, ...others] = result.error.issues.map(({ path, message }) => ({
    variable: String(path[0] ?? 'Environment'),
    problem: message,
  }));
  throw new ConfigError(first?.variable ?? 'Environment', first?.problem ?? 'is not valid', ...others);
}

function group(env: Variables) {
  const dataDir = resolve(env.DATA_DIR);
  const databaseUrl = env.DATABASE_URL ?? `file:${join(dataDir, 'latchkey.db')}`;
  return {
    nodeEnv: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    databaseUrl,
    databaseEngine: databaseUrl.startsWith('file:') ? ('sqlite' as const) : ('postgresql' as const),
    redisUrl: env.REDIS_URL,
    /** Absolute path. */
    dataDir,
    secretKey: env.SECRET_KEY,
    /** Without a slash at the end. */
    publicUrl: env.PUBLIC_URL,
    smtpUrl: env.SMTP_URL,
    /** Sender of every mail; without it the request that causes a mail decides. */
    mailFrom: env.MAIL_FROM,
    googleClientId: env.GOOGLE_CLIENT_ID,
    googleIssuer: env.GOOGLE_ISSUER,
    googleJwksUrl: env.GOOGLE_JWKS_URL,
    isGoogleLinkStrict: env.GOOGLE_LINK_STRICT,
    /** For how many days each is kept; 0 keeps it for ever. */
    retention: {
      securityEventDays: env.SECURITY_EVENT_RETENTION_DAYS,
      unusedAccountDays: env.UNUSED_ACCOUNT_RETENTION_DAYS,
      outboxDays: env.OUTBOX_RETENTION_DAYS,
    },
    registrationMode: env.REGISTRATION_MODE,
    adminEmail: env.ADMIN_EMAIL,
    adminPassword: env.ADMIN_PASSWORD,
    apiHosts: env.API_HOSTS,
    rootApi: env.ROOT_API,
    /** `true` trusts every proxy, a number that many hops; Express' `trust proxy` takes it as it is. */
    trustProxy: env.TRUST_PROXY,
    disableRateLimit: env.DISABLE_RATE_LIMIT,
    /** The largest GraphQL document that is parsed, in bytes of UTF-8. */
    graphqlMaxDocumentBytes: env.GRAPHQL_MAX_DOCUMENT_BYTES,
    tunnelPort: env.TUNNEL_PORT,
    tunnelDomain: env.TUNNEL_DOMAIN,
    /** How long after its last heartbeat a VPN node counts as offline. */
    vpnOfflineAfterSeconds: env.VPN_OFFLINE_AFTER_SECONDS,
    logLevel: env.LOG_LEVEL,
    /** Text on a terminal, else JSON, unless set. */
    logFormat: env.LOG_FORMAT,
    ...groupOpenbin(env),
  } as const;
}

function freezeDeep<T extends object>(value: T): T {
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null) freezeDeep(child);
  }
  return Object.freeze(value);
}
