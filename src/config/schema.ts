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
  NODE_ENV: oneOf(['development', 'test', 'production'])
    .default('production')
    .describe('`test` makes wasted database selections an error.'),
  PORT: wholeNumber(0, 65_535).default(4000).describe('Port to listen on; 0 takes a free one.'),
  HOST: listenAddress()
    .default('0.0.0.0')
    .describe('Address to listen on; `127.0.0.1` keeps other machines out.'),
  DATABASE_URL: text('must be file:<path> or a URL starting with postgresql://', isDatabaseUrl)
    .optional()
    .describe(
      '`file:<path>` for SQLite, or `postgresql://user:password@host:port/name`. Without it, `latchkey.db` in `DATA_DIR`.',
    ),
  REDIS_URL: url('redis', 'rediss')
    .optional()
    .describe('`redis://…` or `rediss://…`: limits and events shared by several instances.'),
  DATA_DIR: z
    .string()
    .default('./data')
    .describe('Folder for the SQLite database, the generated secret and the outbox.'),
  // No derivation makes more of a secret than it holds.
  SECRET_KEY: text(`must have at least ${MIN_SECRET_LENGTH} characters`, (v) => v.length >= MIN_SECRET_LENGTH)
    .optional()
    .describe(
      'At least 16 characters; every other key is derived from it. Generated once and kept in `DATA_DIR/secret.key` unless set. Several instances need the same one. A start warns of one with fewer than 32 characters or with a pattern.',
    ),
  PUBLIC_URL: url('http', 'https')
    .transform(trimSlash)
    .optional()
    .describe('Scheme, host and port of links in mails. Set it in production.'),
  SMTP_URL: url('smtp', 'smtps')
    .optional()
    .describe(
      '`smtp://user:password@host:port` or `smtps://…`. Without it, mails are files in `DATA_DIR/outbox`.',
    ),
  MAIL_FROM: mailSender()
    .optional()
    .describe(
      'Sender of all mails, such as `Latchkey <noreply@example.com>`. Without it, `noreply@miransas.com` for mails that a call of Binboi causes, and `noreply@` the host of `PUBLIC_URL` for all others.',
    ),
  GOOGLE_CLIENT_ID: z
    .string()
    .optional()
    .describe('OAuth client whose ID tokens are accepted for sign-in with Google.'),
  // Compared letter by letter with what tokens say: a slash at the end belongs to it.
  GOOGLE_ISSUER: url('http', 'https')
    .default('https://accounts.google.com')
    .describe("Issuer that Google's ID tokens must name."),
  GOOGLE_JWKS_URL: url('http', 'https')
    .default('https://www.googleapis.com/oauth2/v3/certs')
    .describe("Address of the issuer's public keys."),
  GOOGLE_LINK_STRICT: flag()
    .default(false)
    .describe(
      '`true`: an address of which Google is no authority (neither at gmail.com nor with `hd`) is linked to an existing account only with its password.',
    ),
  REGISTRATION_MODE: oneOf(['open', 'invite', 'closed'])
    .default('open')
    .describe('`open`; `invite`: only with an invitation code; `closed`: no registrations.'),
  ADMIN_EMAIL: mailAddress()
    .optional()
    .describe(
      'With `ADMIN_PASSWORD`, creates this administrator at start unless the address has an account.',
    ),
  ADMIN_PASSWORD: z
    .string()
    .optional()
    .describe('See `ADMIN_EMAIL`; at least 8 characters, and not a common password.'),
  API_HOSTS: apiHosts()
    .prefault('')
    .describe('Comma list such as `api.example.com=binboi`: host names that serve one API at their root.'),
  ROOT_API: oneOf(API_NAMES)
    .default('binboi')
    .describe('API that serves a path at the plain root that several APIs have.'),
  TRUST_PROXY: text('must be true, false or the number of proxies', isHops)
    .transform(parseHops)
    .default(false)
    .describe(
      'Number of proxies in front whose `X-Forwarded-…` headers are believed; `true` believes any number.',
    ),
  DISABLE_RATE_LIMIT: flag().default(false).describe('`true` switches every rate limit off.'),
  SECURITY_EVENT_RETENTION_DAYS: wholeNumber(1, 3650)
    .default(365)
    .describe('Days for which security events are kept.'),
  UNUSED_ACCOUNT_RETENTION_DAYS: wholeNumber(0, 3650)
    .default(30)
    .describe(
      'Days after which an account is deleted that was never used and whose address was never confirmed; `0` keeps all.',
    ),
  OUTBOX_RETENTION_DAYS: wholeNumber(0, 3650)
    .default(30)
    .describe('Days for which mails in `DATA_DIR/outbox` are kept; `0` keeps all.'),
  GRAPHQL_MAX_DOCUMENT_BYTES: wholeNumber(1000, 1_000_000)
    .default(20_000)
    .describe('Largest GraphQL document, in bytes. A larger one is rejected before it is parsed.'),
  TUNNEL_PORT: wholeNumber(0, 65_535)
    .default(8081)
    .describe('Port for tunnel agents; nothing listens there yet.'),
  TUNNEL_DOMAIN: hostName()
    .default('tunnel.localhost')
    .describe('Domain below which tunnels get their names.'),
  VPN_OFFLINE_AFTER_SECONDS: wholeNumber(1, 86_400)
    .default(90)
    .describe('A VPN node without a heartbeat for this long counts as offline.'),
  LOG_LEVEL: oneOf(LOG_LEVELS)
    .default('info')
    .describe(
      '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. Lines below `warn` may appear 0.1 s late.',
    ),
  LOG_FORMAT: oneOf(['pretty', 'json'])
    .optional()
    .describe('`pretty` or `json`; without it, `pretty` on a terminal and `json` elsewhere.'),
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
