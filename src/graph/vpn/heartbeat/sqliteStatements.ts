import type { FoundNode, HeartbeatStatements, PasswordRow } from './heartbeatRow.ts';

/** The statements for SQLite, whose transactions hold the write lock from their begin on. */
export const sqliteStatements: HeartbeatStatements = {
  findNodes(tx, heartbeats) {
    const json = JSON.stringify(
      heartbeats.map(({ nodeId, accountId, organizationId }) => [nodeId, accountId, organizationId]),
    );
    return tx.$queryRaw<FoundNode[]>`
      SELECT b."key" AS "index", n."id", n."organizationId", n."bandwidth", n."state", n."stateChangedAt",
        n."lastHeartbeatAt", n."expiresAt", o."status" AS "organizationStatus", m."role"
      FROM json_each(${json}) b
      JOIN "VpnNode" n ON n."id" = b."value" ->> 0
      JOIN "Organization" o ON o."id" = n."organizationId"
        AND CASE WHEN b."value" ->> 2 IS NULL THEN o."ownerId" = b."value" ->> 1 ELSE o."id" = b."value" ->> 2 END
      JOIN "OrganizationMember" m ON m."organizationId" = o."id" AND m."accountId" = b."value" ->> 1`;
  },
  updateNodes: (tx, reports, now) => tx.$executeRaw`
    UPDATE "VpnNode" SET
      "lastHeartbeatAt" = ${now},
      "bandwidth" = b."value" ->> 'bandwidth',
      "bandwidthUsedM" = coalesce(b."value" ->> 'bandwidthUsedM', "bandwidthUsedM"),
      "instanceStatus" = coalesce(b."value" ->> 'instanceStatus', "instanceStatus"),
      "state" = CASE WHEN b."value" ->> 'comesUp' THEN 'DEPLOYED' ELSE "state" END,
      "stateChangedAt" = CASE WHEN b."value" ->> 'comesUp' THEN ${now} ELSE "stateChangedAt" END
    FROM json_each(${JSON.stringify(reports)}) b
    WHERE "VpnNode"."id" = b."value" ->> 'id'`,
  raiseTotals: (tx, totals, month) => tx.$executeRaw`
    UPDATE "VpnPassword" SET
      "uploadMonth" = CASE WHEN "month" < ${month} THEN "uploadReported" ELSE "uploadMonth" END,
      "downloadMonth" = CASE WHEN "month" < ${month} THEN "downloadReported" ELSE "downloadMonth" END,
      "month" = max("month", ${month}),
      "uploadReported" = max("uploadReported", b."value" ->> 'upload'),
      "downloadReported" = max("downloadReported", b."value" ->> 'download')
    FROM json_each(${JSON.stringify(totals)}) b
    WHERE "VpnPassword"."id" = b."value" ->> 'id' AND "nodeId" = b."value" ->> 'nodeId'`,
  addToBuckets: (tx, reports, startsAt) => tx.$executeRaw`
    INSERT INTO "VpnHeartbeatBucket" ("nodeId", "startsAt", "count", "bandwidthSum")
    SELECT b."value" ->> 'id', ${startsAt}, b."value" ->> 'count', b."value" ->> 'bandwidthSum'
    FROM json_each(${JSON.stringify(reports)}) b WHERE true
    ON CONFLICT ("nodeId", "startsAt") DO UPDATE SET
      "count" = "VpnHeartbeatBucket"."count" + excluded."count",
      "bandwidthSum" = "VpnHeartbeatBucket"."bandwidthSum" + excluded."bandwidthSum"`,
  passwordsOf: (tx, nodeIds, now) => tx.$queryRaw<PasswordRow[]>`
    SELECT p."id", p."nodeId", p."name", p."sealed", p."bandwidthLimit", p."expiresAt", p."transferLimit",
      p."transferIsMonthly", p."uploadReported", p."downloadReported", p."uploadReset", p."downloadReset",
      p."uploadMonth", p."downloadMonth", p."month"
    FROM json_each(${JSON.stringify(nodeIds)}) b JOIN "VpnPassword" p ON p."nodeId" = b."value"
    WHERE p."active" AND (p."expiresAt" IS NULL OR p."expiresAt" > ${now})
    ORDER BY p."id"`,
};
