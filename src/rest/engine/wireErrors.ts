import { catalogue } from '../../errors/catalogue.ts';
import type { DomainError } from '../../errors/domainError.ts';
import { DomainError as Failure } from '../../errors/domainError.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';
import type { Surface } from './surface.ts';

/** An error whose issues speak of wire fields instead of the graph's. */
function inWireNames(error: DomainError, surface: Surface, route: Route | undefined): DomainError {
  if (error.code !== 'INVALID_INPUT' || !error.details.issues) return error;
  const wireName = (field: string) => route?.wireNames?.[field] ?? surface.wireName(field);
  const issues = error.details.issues.map((issue) => ({
    ...issue,
    path: issue.path.map((part) => (typeof part === 'string' ? wireName(part) : part)),
  }));
  return new Failure(error.code, { ...error.details, issues });
}

/** What a surface, or one of its routes, answers to an error. */
export function replyToError(error: DomainError, surface: Surface, route?: Route): Reply {
  const { table, refine, body, headers } = surface.errors;
  const wire = route?.shows?.[error.code] ?? refine?.(error) ?? table[error.code];
  // An internal error's own message may tell what went wrong inside; callers get the catalogue's.
  const message =
    wire.message ?? ('internal' in catalogue[error.code] ? catalogue[error.code].message : error.message);
  const { retryAfterSeconds, allow } = error.details;
  return {
    status: wire.status,
    headers: {
      ...headers?.(wire, error),
      ...(retryAfterSeconds !== undefined && {
        'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))),
      }),
      ...(allow && { Allow: allow.join(', ') }),
    },
    body: wire.body?.(message) ?? body({ ...wire, message }, inWireNames(error, surface, route)),
  };
}
