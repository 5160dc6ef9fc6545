import { z } from 'zod';
import { catalogue } from '../../errors/catalogue.ts';
import type { CredentialReader } from '../../pipeline/credentials.ts';
import { serverVersion } from '../../version.ts';
import type { Api } from './api.ts';
import { commonErrors } from './errorMapping.ts';
import type { ResponseError } from './errors.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const {
    $schema: _dialect,
    '~standard': _standard,
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json;
  return rest;
}

function errorResponses(api: Api, route: Route): Json {
  const byStatus = new Map<number, Set<string>>();
  for (const code of [...route.errors, ...commonErrors(route, api)]) {
    const mapped = (route.errorMapping?.[code] ?? api.errors.table[code]) as ResponseError;
    const texts = byStatus.get(mapped.status) ?? new Set();
    byStatus.set(
      mapped.status,
      texts.add(`${mapped.code ?? code}: ${mapped.message ?? catalogue[code].message}`),
    );
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, texts]) => [status, { description: [...texts].join('\n\n'), content }]),
  );
}

function parametersOf(route: Route): Json[] {
  const places = [
    ['path', route.params],
    ['query', route.query],
  ] as const;
  const declared = places.flatMap(([place, schema]) => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: Json;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: property,
    }));
  });
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string);
  const undeclared = inPath.filter((name) => !declared.some((parameter) => parameter.name === name));
  return [
    ...undeclared.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...declared,
  ];
}

/** The ways in that can carry a credential which the route takes; undefined where those are all of the API's. */
function securityOf(api: Api, { access, credentials }: Route): Json[] | undefined {
  if (access === 'public') return [];
  const carries = ({ kinds }: CredentialReader) =>
    !credentials || !kinds || kinds.some((kind) => credentials.includes(kind));
  const ways = api.credentials.filter(carries);
  return ways.length < api.credentials.length ? ways.map(requirementOf) : undefined;
}

const requirementOf = ({ scheme }: CredentialReader): Json => ({ [scheme.name]: [] });

function successResponses({ status, alternative, body }: Route['success']): Json {
  const response = body
    ? {
        description: 'Success',
        content: { 'application/json': { schema: schemaOf(body.schema, 'output') } },
      }
    : { description: 'Success, without content' };
  return { [status]: response, ...(alternative && { [alternative.status]: response }) };
}

function operationOf(api: Api, route: Route): Json {
  const { success } = route;
  const parameters = parametersOf(route);
  const security = securityOf(api, route);
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/\W+(\w)?/g, (_match, letter: string) => (letter ?? '').toUpperCase())}`,
    summary: route.summary,
    tags: [route.tag],
    ...(security && { security }),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: !route.body.safeParse(undefined).success,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: {
      ...successResponses(success),
      ...errorResponses(api, route),
    },
  };
}

/**
 * The OpenAPI 3.1 document of an API, from its table alone. `info.version` is the document's: that of this server. The
 * API's own version stands in its paths.
 */
export function openApiOf(api: Api): Json {
  const paths: Record<string, Json> = {};
  for (const route of api.routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(api, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: api.title, version: serverVersion, description: api.description },
    servers: [{ url: `/${api.name}`, description: 'By prefix, on every host of the server' }],
    security: api.credentials.map(requirementOf),
    tags: [...new Set(api.routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: Object.fromEntries(
        api.credentials.map(({ scheme }) => [scheme.name, scheme.definition]),
      ),
      schemas: { Error: schemaOf(api.errors.bodySchema, 'output') },
    },
  };
}
