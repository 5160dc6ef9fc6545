import { z } from 'zod';
import { API_NAMES, apiHosts } from './apis.ts';
import {
  flag,
  hostName,
  listenAddress,
  mailAddress,
  mailSender,
  oneOf,
  text,
  url,
  wholeNumber,
} from './fields.ts';
import { openbinFields } from './openbin.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const MIN_SECRET_LENGTH = 16;

/** Every variable with its default. */
export const schema = z.object({
  NODE_ENV: oneOf(['development', 'test', 'production']).default('production'),
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: listenAddress().default('0.0.0.0'),
  DATABASE_URL: text('must be file:<path> or a URL starting with postgresql://', isDatabaseUrl).optional(),
  REDIS_URL: url('redis', 'rediss').optional(),
  DATA_DIR: z.string().default('./data'),
  // No derivation makes more of a secret than it holds.
  SECRET_KEY: text(
    `must have at least ${MIN_SECRET_LENGTH} characters`,
    (v) => v.length >= MIN_SECRET_LENGTH,
  ).optional(),
  PUBLIC_URL: url('http', 'https').transform(trimSlash).optional(),
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: mailSender().default('noreply@miransas.com'),
  GOOGLE_CLIENT_ID: z.string().optional(),
  // Compared letter by letter with what tokens say: a slash at the end belongs to it.
  GOOGLE_ISSUER: url('http', 'https').default('https://accounts.google.com'),
  GOOGLE_JWKS_URL: url('http', 'https').default('https://www.googleapis.com/oauth2/v3/certs'),
  REGISTRATION_MODE: oneOf(['open', 'invite', 'closed']).default('open'),
  ADMIN_EMAIL: mailAddress().optional(),
  ADMIN_PASSWORD: z.string().optional(),
  API_HOSTS: apiHosts().prefault(''),
  ROOT_API: oneOf(API_NAMES).default('binboi'),
  TRUST_PROXY: text('must be true, false or the number of proxies', isHops)
    .transform(parseHops)
    .default(false),
  DISABLE_RATE_LIMIT: flag().default(false),
  GRAPHQL_MAX_DOCUMENT_BYTES: wholeNumber(1000, 1_000_000).default(20_000),
  TUNNEL_PORT: wholeNumber(0, 65_535).default(8081),
  TUNNEL_DOMAIN: hostName().default('tunnel.localhost'),
  VPN_OFFLINE_AFTER_SECONDS: wholeNumber(1, 86_400).default(90),
  LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  ...openbinFields,
});

/** The variables as the schema leaves them. */
export type Variables = z.infer<typeof schema>;

function isDatabaseUrl(value: string): boolean {
  if (value.startsWith('file:')) return value.length > 'file:'.length && !value.includes(':memory:');
  return /^postgres(ql)?:\/\/./.test(value) && URL.canParse(value);
}

function trimSlash(value: string): string {
  return value.replace(/\/+$/, '');
}

function isHops(value: string): boolean {
  return /^(true|false|\d{1,2})$/.test(value);
}

/** `1` is one hop here, not `true`: trusting every hop believes whatever the client wrote. */
function parseHops(value: string): boolean | number {
  if (value === 'true' || value === 'false') return value === 'true';
  return Number(value) === 0 ? false : Number(value);
}
