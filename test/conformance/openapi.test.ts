import { validate } from '@readme/openapi-parser';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/errors/catalogue.ts';
import { apis } from '../../src/rest/apis/index.ts';
import type { ResponseError } from '../../src/rest/engine/errors.ts';
import { openApiOf } from '../../src/rest/engine/openapi.ts';
import { useApp } from '../support/app.ts';

const app = useApp();

type Operation = {
  operationId: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
};

describe.each(apis.map((api) => [api.name, api] as const))('%s', (name, api) => {
  const document = openApiOf(api) as {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      key: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );

  it('is a valid OpenAPI 3.1 document', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const result = await validate(structuredClone(document) as never);
    expect(result).toMatchObject({ valid: true });
  });

  it('is served as it is', async () => {
    const { status, body } = await app.request.get(`/openapi/${name}.json`);
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('lists exactly the routes, each under an id of its own', () => {
    const routes = api.routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(operations.map(({ key }) => key).sort()).toEqual(routes.sort());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it.each(
    api.routes.map((route) => [`${route.method} ${route.path}`, route] as const),
  )('tells all of %s', (_key, route) => {
    const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    expect(operation?.responses[route.success.status]).toBeDefined();
    expect(Boolean(operation?.requestBody)).toBe(Boolean(route.body));
    if (route.access === 'public') expect(operation?.security).toEqual([]);
    for (const code of route.errors) {
      const { status } = (route.errorMapping?.[code] ?? api.errors.table[code]) as ResponseError;
      expect(operation?.responses[status], `${code} ${catalogue[code].message}`).toBeDefined();
    }
    const inPath = operation?.parameters
      ?.filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name);
    expect(inPath ?? []).toEqual([...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter));
  });
});
