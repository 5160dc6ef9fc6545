// What a heartbeat costs when somebody writes it by hand for this one purpose: Express, a transaction
// for each, the key's SHA-256 looked up at each request. No limits, no log, no checks of the body.
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createPasswordVault } from '../../src/graph/vpn/password/vault.ts';
import { createKeyring } from '../../src/platform/secrets/keyring.ts';

/** A report as it comes in. */
export interface Report {
  readonly bandwidth: number;
  readonly bandwidth_used_m: number;
  readonly instance_status: number;
  readonly passwords: readonly { id: number; upload_transfer: number; download_transfer: number }[];
}

/** A password that may connect. */
export interface PasswordRow {
  readonly id: number;
  readonly name: string;
  readonly sealed: string;
  readonly bandwidthLimit: number;
  readonly expiresAt: string | Date | null;
}

/** Stores a report in a transaction; answers the passwords of the node, or null when it is not the key's. */
export type Store = (
  keyHash: string,
  nodeId: number,
  report: Report,
) => PasswordRow[] | null | Promise<PasswordRow[] | null>;

const vault = createPasswordVault(createKeyring(Buffer.from(process.env.SECRET_KEY ?? '')));

/** The start of the five minutes that it is. */
export function bucketStart(): Date {
  return new Date(Math.floor(Date.now() / 300_000) * 300_000);
}

/** The month that it is, such as 202611. */
export function month(): number {
  const now = new Date();
  return now.getUTCFullYear() * 100 + now.getUTCMonth() + 1;
}

/** Serves the one route. */
export function serve(store: Store): void {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json());
  app.post('/api/v2/nodes/:id/heartbeat/', async (req, res) => {
    const key = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
    const nodeId = Number(req.params.id);
    const rows = await store(createHash('sha256').update(key).digest('hex'), nodeId, req.body as Report);
    if (!rows) return void res.status(404).json({ success: false, data: null, error: { code: 404 } });
    const results = rows.map(({ id, name, sealed, bandwidthLimit }) => ({
      id,
      name,
      password: vault.open(nodeId, sealed),
      bandwidth_limit: bandwidthLimit,
      expire_time: null,
    }));
    res.json({ success: true, data: { count: results.length, results }, error: null });
  });
  const server = app.listen(Number(process.env.PORT), process.env.HOST ?? '', () => {
    console.log(`Bare Express listens on port ${(server.address() as AddressInfo).port}`);
  });
  // An orderly end, without which `--cpu-prof` writes nothing.
  process.once('SIGTERM', () => process.exit(0));
}
