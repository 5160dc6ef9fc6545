// What the same answers cost when somebody writes them by hand for this one purpose: Express, prepared
// statements, the key's SHA-256 looked up at each request. No limits, no log, no request id, no helmet.
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import BetterSqlite3 from 'better-sqlite3';
import express, { type Request, type Response } from 'express';
import { configure } from '../../src/platform/database/sqlite/connection.ts';

interface Owner {
  id: string;
  email: string;
  name: string;
  plan: string;
  active: number;
  keyPrefix: string;
}

interface Token {
  id: string;
  name: string;
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

const database = new BetterSqlite3(process.env.DATABASE_FILE ?? '', { fileMustExist: true });
configure(database);
const findOwner = database.prepare<[string], Owner>(`
  SELECT a.id, a.email, a.name, a.plan, a.active, k.prefix AS keyPrefix
  FROM ApiKey k JOIN Account a ON a.id = k.accountId
  WHERE k.hash = ? AND k.revokedAt IS NULL`);
const findTokens = database.prepare<[string], Token>(`
  SELECT id, name, prefix, createdAt, lastUsedAt, revokedAt
  FROM ApiKey WHERE accountId = ? AND format = 'BINBOI' ORDER BY id DESC LIMIT 1000`);
const countActive = database
  .prepare<[string], number>(
    `SELECT count(*) FROM ApiKey WHERE accountId = ? AND format = 'BINBOI' AND revokedAt IS NULL`,
  )
  .pluck();
const limits: Record<string, [number | null, number | null]> = {
  FREE: [3, 1],
  PRO: [25, 10],
  SCALE: [null, null],
};

function ownerOf(req: Request): Owner | undefined {
  const key = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const owner = findOwner.get(createHash('sha256').update(key).digest('hex'));
  return owner?.active ? owner : undefined;
}

const refuse = (res: Response) =>
  void res.status(401).json({ code: 'INVALID_TOKEN', error: 'The key is not valid.' });
const seconds = (time: string | null) => time && `${time.slice(0, 19)}Z`;
const userOf = ({ id, email, name, plan }: Owner) => ({ id, email, name, plan });

const app = express();
app.disable('x-powered-by');
app.disable('etag');

app.get('/api/v1/auth/me', (req, res) => {
  const owner = ownerOf(req);
  if (!owner) return refuse(res);
  res.json({ user: userOf(owner), token_prefix: owner.keyPrefix, auth_mode: 'personal-access-token' });
});

app.get('/api/v1/tokens', (req, res) => {
  const owner = ownerOf(req);
  if (!owner) return refuse(res);
  const [maxTokens, maxTunnels] = limits[owner.plan] ?? [];
  const tokens = findTokens.all(owner.id).map((token) => ({
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    status: token.revokedAt ? 'REVOKED' : 'ACTIVE',
    createdAt: seconds(token.createdAt),
    lastUsedAt: seconds(token.lastUsedAt),
    revokedAt: seconds(token.revokedAt),
  }));
  res.json({
    auth_mode: 'account',
    user: userOf(owner),
    limits: {
      plan: owner.plan,
      max_tokens: maxTokens,
      max_tunnels: maxTunnels,
      tokens_used: countActive.get(owner.id),
      active_tunnels: null,
    },
    tokens,
  });
});

const server = app.listen(Number(process.env.PORT), process.env.HOST ?? '', () => {
  console.log(`Bare Express listens on port ${(server.address() as AddressInfo).port}`);
});

// An orderly end, without which `--cpu-prof` writes nothing.
process.once('SIGTERM', () => process.exit(0));
