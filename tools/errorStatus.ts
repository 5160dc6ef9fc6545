import { isInputObjectType } from 'graphql';
import type { ErrorCode } from '../src/errors/catalogue.ts';
import type { IssueRule } from '../src/errors/domainError.ts';
import { bareSchema } from '../src/graph/schema.ts';
import type { Api } from '../src/rest/engine/api.ts';
import { commonErrors } from '../src/rest/engine/errorMapping.ts';
import type { ResponseError } from '../src/rest/engine/errors.ts';
import type { Route } from '../src/rest/engine/route.ts';

/** What no route declares, because there is no route. */
const withoutRoute: readonly ErrorCode[] = ['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED'];

/** What ends a GraphQL request before it is executed has a status of its own; all else is 200. */
const graphqlStatus: Partial<Record<ErrorCode, string>> = {
  CREDENTIAL_INVALID: '401 for the whole request, 200 for `refreshSession`',
  SESSION_EXPIRED: '401 for the whole request, 200 for `refreshSession`',
  SESSION_REVOKED: '401',
  ACCOUNT_SUSPENDED: '403',
  ACCOUNT_DELETED: '401',
  RATE_LIMITED: '429 for the whole request, 200 for one field of it',
  SERVICE_UNAVAILABLE: '503 when nothing of the request was answered, else 200',
  BODY_TOO_LARGE: '413',
  UNSUPPORTED_MEDIA_TYPE: '415',
};

/** What only REST has. */
const neverInGraphql: readonly ErrorCode[] = [
  ...withoutRoute,
  'INVALID_BODY',
  'INVALID_PARAMETER',
  'CSRF_INVALID',
];

const nameOf = ({ method, path }: Route) => `\`${method} ${path}\``;

/** The ways in which an API shows a code, each with where it does. */
function rowsOf(api: Api, code: ErrorCode): string[] {
  const places = new Map<ResponseError, string[]>();
  const mapped = api.errors.table[code];
  const at = (where: string, as: ResponseError | undefined = mapped) => {
    if (!as) throw new Error(`${api.title} does not map ${code}`);
    places.set(as, [...(places.get(as) ?? []), where]);
  };
  if (withoutRoute.includes(code)) at('every other path or method');
  if (code === 'CSRF_INVALID' && api.csrf) at('every change by a cookie');
  const isCommon = api.routes.filter((route) => commonErrors(route, api).includes(code));
  const common = isCommon.filter((route) => !route.errorMapping?.[code]);
  if (common.length > 0) at(common.length === api.routes.length ? 'every route' : whereCommon(code));
  for (const route of api.routes) {
    const own = route.errorMapping?.[code];
    if (own) at(nameOf(route), own);
    else if (route.errors.includes(code) && !common.includes(route)) at(nameOf(route));
  }
  return [...places].map(
    ([shown, where]) =>
      `| ${api.title} | ${shown.status} | ${shown.code ? `\`${shown.code}\`` : '(none)'} | ${where.join(', ')} |`,
  );
}

function whereCommon(code: ErrorCode): string {
  if (code === 'INVALID_PARAMETER') return 'every route with values in its path or query';
  if (['INVALID_BODY', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'].includes(code))
    return 'every route with a body';
  return code === 'SERVICE_UNAVAILABLE' ? 'every other route' : 'every route that needs a credential';
}

const rules: Readonly<Record<IssueRule, true>> = {
  required: true,
  type: true,
  format: true,
  too_short: true,
  too_long: true,
  mismatch: true,
  range: true,
  unknown: true,
  taken: true,
};

/** Names of all fields that an input of the graph can have. */
function inputFields(): string[] {
  const types = Object.values(bareSchema.getTypeMap()).filter(isInputObjectType);
  return [...new Set(types.flatMap((type) => Object.keys(type.getFields())))].sort();
}

/** The codes that an API chooses by the field that does not fit. */
function finerRows(api: Api): string[] {
  const { status, byIssue } = api.errors.table.INVALID_INPUT;
  return inputFields().flatMap((field) =>
    (Object.keys(rules) as IssueRule[]).flatMap((rule) => {
      const code = byIssue?.({ path: [field], rule, message: '' });
      if (code === undefined) return [];
      return [`| ${api.title} | \`${api.externalName(field)}\` | ${rule} | ${status} | \`${code}\` |`];
    }),
  );
}

/** The section "Status" of a code's page, from the tables of the APIs. */
export function statusSection(code: ErrorCode, apis: readonly Api[]): string {
  const graphql = neverInGraphql.includes(code)
    ? []
    : [`| GraphQL | ${graphqlStatus[code] ?? '200'} | \`${code}\` | \`extensions.code\` |`];
  const rows = [...graphql, ...apis.flatMap((api) => rowsOf(api, code))];
  const lines = ['| Endpoint | Status | Code | Where |', '|---|---|---|---|', ...rows];
  const finer = code === 'INVALID_INPUT' ? apis.flatMap(finerRows) : [];
  if (finer.length === 0) return lines.join('\n');
  return [
    ...lines,
    '',
    'By field, where it differs from that:',
    '',
    '| Endpoint | Field | Rule | Status | Code |',
    '|---|---|---|---|---|',
    ...finer,
  ].join('\n');
}
