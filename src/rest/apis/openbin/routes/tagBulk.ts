import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, optionalText, text, texts } from '../shapes.ts';

const tag = 'Tags';

const placed = z.array(z.object({ tag: z.string(), parent: z.string().nullish() })).nullish();

/** `{binId: [tags]}` as the graph takes it. */
const assigned = z
  .record(z.string(), z.array(z.string()))
  .transform((bins) => Object.entries(bins).map(([binId, tags]) => ({ binId, tags })))
  .nullish();

const taxonomy = z.object({
  newTags: placed,
  renames: z.array(z.object({ from: z.string(), to: z.string() })).nullish(),
  merges: z.array(z.object({ from: z.array(z.string()), to: z.string() })).nullish(),
  parents: placed,
});

const applied = z.strictObject({
  tagsCreated: z.int(),
  tagsRenamed: z.int(),
  parentsSet: z.int(),
  binsAddedTo: z.int(),
  binsRemovedFrom: z.int(),
});

export const tagBulkRoutes = [
  route({
    method: 'POST',
    path: '/api/tags/bulk-delete',
    contract: '25.2',
    summary: 'Take tags off all bins',
    tag,
    access: 'required',
    body: body({ locationId: text, tags: texts }),
    document: graphql(`
      mutation OpenbinDeleteTags($input: DeleteTagsInput!) {
        deleteTags(input: $input) {
          tagsDeleted
          binsUpdated
          orphanedChildren
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ tagsDeleted: z.int(), binsUpdated: z.int(), orphanedChildren: z.int() }),
        map: ({ deleteTags }) => deleteTags,
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'SELECTION_TOO_LARGE'],
  }),
  route({
    method: 'POST',
    path: '/api/tags/bulk-set-parent',
    contract: '25.2',
    summary: 'Put tags under another one, or under none',
    tag,
    access: 'required',
    body: body({ locationId: text, tags: texts, parentTag: z.string().nullish() }),
    document: graphql(`
      mutation OpenbinSetTagParents($input: SetTagParentsInput!) {
        setTagParents(input: $input) {
          tagsUpdated
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ tagsUpdated: z.int() }),
        map: ({ setTagParents }) => setTagParents,
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'SELECTION_TOO_LARGE', 'TAG_CYCLE'],
  }),
  route({
    method: 'POST',
    path: '/api/tags/bulk-set-color',
    contract: '25.2',
    summary: 'Give tags one color',
    tag,
    access: 'required',
    body: body({ locationId: text, tags: texts, color: optionalText }),
    document: graphql(`
      mutation OpenbinSetTagColors($input: SetTagColorsInput!) {
        setTagColors(input: $input) {
          tagsUpdated
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ tagsUpdated: z.int() }),
        map: ({ setTagColors }) => setTagColors,
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'SELECTION_TOO_LARGE'],
  }),
  route({
    method: 'POST',
    path: '/api/tags/bulk-merge',
    contract: '25.2',
    summary: 'Make one tag of several',
    tag,
    access: 'required',
    body: body({ locationId: text, fromTags: texts, toTag: text }),
    document: graphql(`
      mutation OpenbinMergeTags($input: MergeTagsInput!) {
        mergeTags(input: $input) {
          binsUpdated
          childrenReassigned
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({
          tagsMerged: z.literal(1),
          binsUpdated: z.int(),
          childrenReassigned: z.int(),
        }),
        map: ({ mergeTags }) => ({ tagsMerged: 1 as const, ...mergeTags }),
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'SELECTION_TOO_LARGE'],
  }),
  route({
    method: 'POST',
    path: '/api/tags/bulk-apply',
    contract: '25.2',
    summary: 'Carry out a plan for tags: all of it or nothing',
    tag,
    access: 'required',
    body: body({ locationId: text, taxonomy, assignments: z.object({ add: assigned, remove: assigned }) }),
    document: graphql(`
      mutation OpenbinApplyTagPlan($input: ApplyTagPlanInput!) {
        applyTagPlan(input: $input) {
          tagsCreated
          tagsRenamed
          parentsSet
          binsAddedTo
          binsRemovedFrom
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: { status: 200, body: { schema: applied, map: ({ applyTagPlan }) => applyTagPlan } },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'SELECTION_TOO_LARGE', 'TAG_CYCLE'],
  }),
];
