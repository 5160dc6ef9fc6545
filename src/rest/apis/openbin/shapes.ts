import { z } from 'zod';

/** A moment, ISO-8601 with `Z` everywhere (contract 2, which allows and recommends it). */
export const time = z.iso.datetime();

/** `{message}`, for answers that say in words what was done. */
export const said = z.strictObject({ message: z.string() });

/** Contract 2, "List envelope". */
export function list<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ results: z.array(row), count: z.int() });
}

/** Rows in the envelope, all of them. */
export function inList<Row>(results: Row[]) {
  return { results, count: results.length };
}

/**
 * A text that the graph itself demands: anything else than a text is as good as missing, so that
 * the graph's order of checks decides what a caller hears first.
 */
export const text = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value : ''));

/** The same where it may be left out. */
export const optionalText = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value : null));

/**
 * A value that the graph checks once it has asked for the caller's role: what is of another type becomes
 * one that the graph is certain to refuse. Not by zod's `catch`, which OpenAPI tells as a default.
 */
export function refusedAs<Shape extends z.ZodType>(shape: Shape, wrong: z.input<Shape>) {
  return z.preprocess((value) => (shape.safeParse(value).success ? value : wrong), shape);
}

/**
 * A text that the graph judges once it has asked for the caller's role: what is no text comes as its JSON,
 * which is none of what is allowed, so that it is refused instead of being taken for missing.
 */
export const judgedText = z
  .unknown()
  .optional()
  .transform((value) => (value == null || typeof value === 'string' ? value : JSON.stringify(value)));

/** The strings of a list; anything else is no list, which the graph refuses like an empty one. */
export const ids = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []));

/** A location in a query, by either of its names (contract 2). */
export const eitherLocation = z.object({ location_id: text, locationId: text });

/** Its id as the graph takes it, which refuses an empty one. */
export const locationIdOf = (query: z.infer<typeof eitherLocation>) => ({
  locationId: query.location_id || query.locationId,
});

/** A text in a query without which there is no answer. */
export const required = z.string().min(1, 'is required');

/** A filter in a query: one that is empty filters nothing, as clients send the fields of a form. */
export function unlessEmpty<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess((value) => (value === '' ? undefined : value), shape.optional());
}

/** A list of texts that the graph demands; anything else is as good as an empty one. */
export const texts = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : []));

/** A JSON object as the body; a missing body is an empty one. */
export function body<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.preprocess((value) => value ?? {}, z.object(shape));
}

export const role = z.enum(['admin', 'member', 'viewer']);

/** A role of the graph as the contract writes it. */
export function toRole(graphRole: 'ADMIN' | 'MEMBER' | 'VIEWER'): z.infer<typeof role> {
  return ({ ADMIN: 'admin', MEMBER: 'member', VIEWER: 'viewer' } as const)[graphRole];
}

/** And back. */
export const graphRoles = { admin: 'ADMIN', member: 'MEMBER', viewer: 'VIEWER' } as const;

export const idParam = z.object({ id: z.string() });

/** A path value by the contract's name, which differs from route to route. */
export function params<Name extends string>(...names: Name[]) {
  return z.object(Object.fromEntries(names.map((name) => [name, z.string()])) as Record<Name, z.ZodString>);
}
