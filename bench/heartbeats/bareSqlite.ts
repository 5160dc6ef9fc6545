import BetterSqlite3 from 'better-sqlite3';
import { configure } from '../../src/platform/database/sqlite/connection.ts';
import { bucketStart, month, type PasswordRow, serve } from './bareServer.ts';

const database = new BetterSqlite3(process.env.DATABASE ?? '', { fileMustExist: true });
configure(database);

const findNode = database.prepare<[string, number], { id: number }>(`
  SELECT n.id FROM ApiKey k
  JOIN Organization o ON o.ownerId = k.accountId AND o.status = 'ACTIVE'
  JOIN VpnNode n ON n.organizationId = o.id
  WHERE k.hash = ? AND k.revokedAt IS NULL AND n.id = ?`);
const updateNode = database.prepare(`
  UPDATE VpnNode SET lastHeartbeatAt = ?, bandwidth = ?, bandwidthUsedM = ?, instanceStatus = ?, state = 'DEPLOYED'
  WHERE id = ?`);
const raiseTotals = database.prepare(`
  UPDATE VpnPassword SET
    uploadMonth = CASE WHEN month < @month THEN uploadReported ELSE uploadMonth END,
    downloadMonth = CASE WHEN month < @month THEN downloadReported ELSE downloadMonth END,
    month = max(month, @month),
    uploadReported = max(uploadReported, @up), downloadReported = max(downloadReported, @down)
  WHERE id = @id AND nodeId = @node`);
const addToBucket = database.prepare(`
  INSERT INTO VpnHeartbeatBucket (nodeId, startsAt, count, bandwidthSum) VALUES (?, ?, 1, ?)
  ON CONFLICT (nodeId, startsAt) DO UPDATE SET count = count + 1, bandwidthSum = bandwidthSum + excluded.bandwidthSum`);
const findPasswords = database.prepare<[number, string], PasswordRow>(`
  SELECT id, name, sealed, bandwidthLimit, expiresAt FROM VpnPassword
  WHERE nodeId = ? AND active AND (expiresAt IS NULL OR expiresAt > ?)
    AND (transferLimit = 0 OR uploadReported + downloadReported < transferLimit * 1000000000)
  ORDER BY id`);
const text = (moment: Date) => moment.toISOString().replace('Z', '+00:00');

serve(
  database.transaction((hash: string, nodeId: number, report) => {
    if (!findNode.get(hash, nodeId)) return null;
    const now = text(new Date());
    updateNode.run(now, report.bandwidth, report.bandwidth_used_m, report.instance_status, nodeId);
    for (const { id, upload_transfer, download_transfer } of report.passwords) {
      raiseTotals.run({ id, node: nodeId, month: month(), up: upload_transfer, down: download_transfer });
    }
    addToBucket.run(nodeId, text(bucketStart()), report.bandwidth);
    return findPasswords.all(nodeId, now);
  }).immediate,
);
