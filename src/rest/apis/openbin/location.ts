import { z } from 'zod';
import { graphql, type ResultOf } from '../../../graph/core/documents.ts';
import { role, time, toRole } from './shapes.ts';

/** Contract 8, "Row fields". */
export const locationRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  created_by: z.string().nullable(),
  invite_code: z.string().optional(),
  activity_retention_days: z.int(),
  trash_retention_days: z.int(),
  app_name: z.string(),
  term_bin: z.string(),
  term_location: z.string(),
  term_area: z.string(),
  default_join_role: role,
  created_at: time,
  updated_at: time,
});

export const LocationFields = graphql(`
  fragment OpenbinLocation on Location @_unmask {
    id
    name
    createdById
    inviteCode
    activityRetentionDays
    trashRetentionDays
    appName
    termBin
    termLocation
    termArea
    defaultJoinRole
    createdAt
    updatedAt
  }
`);

/** A location as the contract shows it; the code only to those who may have it. */
export function toLocation(row: ResultOf<typeof LocationFields>): z.infer<typeof locationRow> {
  return {
    id: row.id,
    name: row.name,
    created_by: row.createdById,
    ...(row.inviteCode !== null && { invite_code: row.inviteCode }),
    activity_retention_days: row.activityRetentionDays,
    trash_retention_days: row.trashRetentionDays,
    app_name: row.appName,
    term_bin: row.termBin,
    term_location: row.termLocation,
    term_area: row.termArea,
    default_join_role: toRole(row.defaultJoinRole),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

/** What lists and new locations add. */
export const located = {
  role,
  member_count: z.int(),
  viewer_count: z.int(),
  area_count: z.int(),
};

export const MetaFields = graphql(`
  fragment OpenbinLocationMeta on Location @_unmask {
    role
    memberCount
    viewerCount
    areaCount
  }
`);

/** The added fields as the contract shows them. */
export function toMeta(row: ResultOf<typeof MetaFields>) {
  return {
    role: toRole(row.role),
    member_count: row.memberCount,
    viewer_count: row.viewerCount,
    area_count: row.areaCount,
  };
}
