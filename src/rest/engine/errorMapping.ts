import { catalogue } from '../../errors/catalogue.ts';
import type { DomainError } from '../../errors/domainError.ts';
import { DomainError as Failure } from '../../errors/domainError.ts';
import type { Api } from './api.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';

/** An error whose issues speak of external fields instead of the graph's. */
function inExternalNames(error: DomainError, api: Api, route: Route | undefined): DomainError {
  if (error.code !== 'INVALID_INPUT' || !error.details.issues) return error;
  const externalName = (field: string) => route?.externalNames?.[field] ?? api.externalName(field);
  const issues = error.details.issues.map((issue) => ({
    ...issue,
    path: issue.path.map((part) => (typeof part === 'string' ? externalName(part) : part)),
  }));
  return new Failure(error.code, { ...error.details, issues });
}

/** What an API, or one of its routes, answers to an error. */
export function replyToError(error: DomainError, api: Api, route?: Route): Reply {
  const { table, override, body, headers } = api.errors;
  const mapped = route?.errorMapping?.[error.code] ?? override?.(error) ?? table[error.code];
  // An internal error's own message may tell what went wrong inside; callers get the catalogue's.
  const message =
    mapped.message ?? ('internal' in catalogue[error.code] ? catalogue[error.code].message : error.message);
  const { retryAfterSeconds, allow } = error.details;
  return {
    status: mapped.status,
    headers: {
      ...headers?.(mapped, error),
      ...(retryAfterSeconds !== undefined && {
        'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))),
      }),
      ...(allow && { Allow: allow.join(', ') }),
    },
    body: mapped.body?.(message) ?? body({ ...mapped, message }, inExternalNames(error, api, route)),
  };
}
