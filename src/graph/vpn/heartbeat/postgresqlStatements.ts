import type { FoundNode, HeartbeatStatements, PasswordRow } from './heartbeatRow.ts';

/** The statements for PostgreSQL. */
export const postgresqlStatements: HeartbeatStatements = {
  findNodes(tx, heartbeats) {
    const asked = heartbeats.map(({ nodeId, accountId, organizationId }, index) => ({
      index,
      nodeId,
      accountId,
      organizationId,
    }));
    // In the order of ids, so that groups of two instances wait for one another instead of deadlocking.
    return tx.$queryRaw<FoundNode[]>`
      SELECT b."index", n."id", n."organizationId", n."bandwidth", n."state", n."stateChangedAt",
        n."lastHeartbeatAt", n."expiresAt", o."status" AS "organizationStatus", m."role"
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        AS b("index" int, "nodeId" int, "accountId" text, "organizationId" int)
      JOIN "VpnNode" n ON n."id" = b."nodeId"
      JOIN "Organization" o ON o."id" = n."organizationId"
        AND CASE WHEN b."organizationId" IS NULL THEN o."ownerId" = b."accountId" ELSE o."id" = b."organizationId" END
      JOIN "OrganizationMember" m ON m."organizationId" = o."id" AND m."accountId" = b."accountId"
      ORDER BY n."id" FOR UPDATE OF n`;
  },
  updateNodes: (tx, reports, now) => tx.$executeRaw`
    UPDATE "VpnNode" n SET
      "lastHeartbeatAt" = ${now},
      "bandwidth" = b."bandwidth",
      "bandwidthUsedM" = coalesce(b."bandwidthUsedM", n."bandwidthUsedM"),
      "instanceStatus" = coalesce(b."instanceStatus", n."instanceStatus"),
      "state" = CASE WHEN b."comesUp" THEN 'DEPLOYED' ELSE n."state" END,
      "stateChangedAt" = CASE WHEN b."comesUp" THEN ${now} ELSE n."stateChangedAt" END
    FROM jsonb_to_recordset(${JSON.stringify(reports)}::jsonb)
      AS b("id" int, "bandwidth" float8, "bandwidthUsedM" float8, "instanceStatus" int, "comesUp" boolean)
    WHERE n."id" = b."id"`,
  raiseTotals: (tx, totals, month) => tx.$executeRaw`
    UPDATE "VpnPassword" p SET
      "uploadMonth" = CASE WHEN p."month" < ${month} THEN p."uploadReported" ELSE p."uploadMonth" END,
      "downloadMonth" = CASE WHEN p."month" < ${month} THEN p."downloadReported" ELSE p."downloadMonth" END,
      "month" = greatest(p."month", ${month}),
      "uploadReported" = greatest(p."uploadReported", b."upload"),
      "downloadReported" = greatest(p."downloadReported", b."download")
    FROM jsonb_to_recordset(${JSON.stringify(totals)}::jsonb)
      AS b("nodeId" int, "id" int, "upload" bigint, "download" bigint)
    WHERE p."id" = b."id" AND p."nodeId" = b."nodeId"`,
  addToBuckets: (tx, reports, startsAt) => tx.$executeRaw`
    INSERT INTO "VpnHeartbeatBucket" ("nodeId", "startsAt", "count", "bandwidthSum")
    SELECT b."id", ${startsAt}, b."count", b."bandwidthSum"
    FROM jsonb_to_recordset(${JSON.stringify(reports)}::jsonb)
      AS b("id" int, "count" int, "bandwidthSum" float8)
    ON CONFLICT ("nodeId", "startsAt") DO UPDATE SET
      "count" = "VpnHeartbeatBucket"."count" + excluded."count",
      "bandwidthSum" = "VpnHeartbeatBucket"."bandwidthSum" + excluded."bandwidthSum"`,
  passwordsOf: (tx, nodeIds, now) => tx.$queryRaw<PasswordRow[]>`
    SELECT p."id", p."nodeId", p."name", p."sealed", p."bandwidthLimit", p."expiresAt", p."transferLimit",
      p."transferIsMonthly", p."uploadReported", p."downloadReported", p."uploadReset", p."downloadReset",
      p."uploadMonth", p."downloadMonth", p."month"
    FROM "VpnPassword" p
    WHERE p."nodeId" IN (SELECT value::int FROM jsonb_array_elements_text(${JSON.stringify(nodeIds)}::jsonb))
      AND p."active" AND (p."expiresAt" IS NULL OR p."expiresAt" > ${now})
    ORDER BY p."id"`,
};
