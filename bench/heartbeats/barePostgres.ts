import pg from 'pg';
import { bucketStart, month, type PasswordRow, type Report, serve } from './bareServer.ts';

const pool = new pg.Pool({ connectionString: process.env.DATABASE, max: 10, options: '-c timezone=UTC' });

const findNode = `
  SELECT n.id FROM "ApiKey" k
  JOIN "Organization" o ON o."ownerId" = k."accountId" AND o.status = 'ACTIVE'
  JOIN "VpnNode" n ON n."organizationId" = o.id
  WHERE k.hash = $1 AND k."revokedAt" IS NULL AND n.id = $2 FOR UPDATE OF n`;
const updateNode = `
  UPDATE "VpnNode" SET "lastHeartbeatAt" = $2, bandwidth = $3, "bandwidthUsedM" = $4, "instanceStatus" = $5,
    state = 'DEPLOYED' WHERE id = $1`;
const raiseTotals = `
  UPDATE "VpnPassword" p SET
    "uploadMonth" = CASE WHEN p.month < $2 THEN p."uploadReported" ELSE p."uploadMonth" END,
    "downloadMonth" = CASE WHEN p.month < $2 THEN p."downloadReported" ELSE p."downloadMonth" END,
    month = greatest(p.month, $2),
    "uploadReported" = greatest(p."uploadReported", b.up), "downloadReported" = greatest(p."downloadReported", b.down)
  FROM unnest($3::int[], $4::bigint[], $5::bigint[]) AS b(id, up, down) WHERE p.id = b.id AND p."nodeId" = $1`;
const addToBucket = `
  INSERT INTO "VpnHeartbeatBucket" ("nodeId", "startsAt", count, "bandwidthSum") VALUES ($1, $2, 1, $3)
  ON CONFLICT ("nodeId", "startsAt") DO UPDATE SET count = "VpnHeartbeatBucket".count + 1,
    "bandwidthSum" = "VpnHeartbeatBucket"."bandwidthSum" + excluded."bandwidthSum"`;
const findPasswords = `
  SELECT id, name, sealed, "bandwidthLimit", "expiresAt" FROM "VpnPassword"
  WHERE "nodeId" = $1 AND active AND ("expiresAt" IS NULL OR "expiresAt" > $2)
    AND ("transferLimit" = 0 OR "uploadReported" + "downloadReported" < "transferLimit" * 1000000000::bigint)
  ORDER BY id`;

/** Every statement has a name, so that PostgreSQL parses it once a connection. */
const run = (client: pg.PoolClient, name: string, text: string, values: unknown[]) =>
  client.query({ name, text, values });

async function store(
  client: pg.PoolClient,
  hash: string,
  nodeId: number,
  report: Report,
): Promise<PasswordRow[] | null> {
  const { rowCount } = await run(client, 'find', findNode, [hash, nodeId]);
  if (rowCount === 0) return null;
  const { bandwidth, bandwidth_used_m, instance_status, passwords } = report;
  const now = new Date();
  await run(client, 'node', updateNode, [nodeId, now, bandwidth, bandwidth_used_m, instance_status]);
  const columns = [
    passwords.map(({ id }) => id),
    passwords.map(({ upload_transfer }) => upload_transfer),
    passwords.map(({ download_transfer }) => download_transfer),
  ];
  await run(client, 'totals', raiseTotals, [nodeId, month(), ...columns]);
  await run(client, 'bucket', addToBucket, [nodeId, bucketStart(), bandwidth]);
  return (await run(client, 'passwords', findPasswords, [nodeId, now])).rows;
}

serve(async (hash, nodeId, report) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const rows = await store(client, hash, nodeId, report);
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
});
