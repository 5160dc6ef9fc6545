import { TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import { catalogue, type ErrorCode } from '../../src/errors/catalogue.ts';
import { DomainError, type IssueRule } from '../../src/errors/domainError.ts';
import { bareSchema } from '../../src/graph/schema.ts';
import { apis } from '../../src/rest/apis/index.ts';
import { declaredError, isDeclared, replyToError } from '../../src/rest/engine/errorMapping.ts';
import { commonCodes } from '../../src/rest/engine/errors.ts';
import { cases, served } from './support/routes.ts';

const rules: IssueRule[] = [
  'required',
  'type',
  'format',
  'too_short',
  'too_long',
  'mismatch',
  'range',
  'unknown',
  'taken',
];

describe.each(apis.map((api) => [api.name, api] as const))('%s', (_name, api) => {
  const mapped = Object.keys(api.errors.table) as ErrorCode[];

  it('maps the common codes and those that its routes declare, and no others', () => {
    const declared = api.routes.flatMap(({ errors }) => errors);
    const expected = new Set([
      ...commonCodes,
      ...declared,
      ...(api.csrf ? ['CSRF_INVALID'] : []),
      ...(api.requiresProvenAddress ? ['EMAIL_NOT_VERIFIED'] : []),
    ]);
    expect([...mapped].sort()).toEqual([...expected].sort());
  });

  it.each(mapped)('shows %s as an error of its own envelope', (code) => {
    const reply = replyToError(new DomainError(code), api);
    expect(api.errors.table[code]?.status).toBeGreaterThanOrEqual(400);
    if (catalogue[code].status < 500) expect(reply.status).toBeLessThan(500);
    if (code === 'INTERNAL') expect(reply.status).toBe(500);
    // A contract that closes its list of statuses without 503 has 429 for "try again shortly".
    if (code === 'OVERLOADED') expect([429, 503]).toContain(reply.status);
    expect(api.errors.bodySchema.safeParse(reply.body)).toMatchObject({ success: true });
  });

  it('shows every rule that a field can break, by its external name, as a 4xx', () => {
    for (const code of ['INVALID_INPUT', 'INVALID_BODY', 'INVALID_PARAMETER'] as const) {
      for (const rule of rules) {
        for (const path of [['email'], ['newPassword'], ['nested', 0, 'field'], []]) {
          const reply = replyToError(
            new DomainError(code, { issues: [{ path, rule, message: 'is wrong' }] }),
            api,
          );
          expect(reply.status).toBeGreaterThanOrEqual(400);
          expect(reply.status).toBeLessThan(500);
          expect(api.errors.bodySchema.safeParse(reply.body)).toMatchObject({ success: true });
          if (code === 'INVALID_INPUT' && api.externalName('newPassword') !== 'newPassword')
            expect(JSON.stringify(reply.body)).not.toContain('newPassword');
        }
      }
    }
  });

  it('tells nothing of what went wrong inside', () => {
    const secret = new DomainError('INTERNAL', {
      message: 'SELECT password',
      cause: new Error('SELECT password'),
    });
    expect(JSON.stringify(replyToError(secret, api))).not.toContain('SELECT');
  });

  it('says when to come back, in whole seconds, at least 1', () => {
    for (const [given, shown] of [
      [0, '1'],
      [0.2, '1'],
      [59.1, '60'],
    ] as const) {
      const reply = replyToError(new DomainError('RATE_LIMITED', { retryAfterSeconds: given }), api);
      expect(reply.headers['Retry-After']).toBe(shown);
    }
  });
});

describe('every error that a route declares', () => {
  it.each(cases())('%s: is in the catalogue and in the table, once', (_name, { api, route }) => {
    for (const code of [...route.errors, ...(Object.keys(route.errorMapping ?? {}) as ErrorCode[])]) {
      expect(catalogue[code], code).toBeDefined();
      expect(api.errors.table[code], code).toBeDefined();
    }
    expect(new Set(route.errors).size).toBe(route.errors.length);
  });
});

/** The codes that a field's description names: those that its resolver throws. */
function thrownBy(description: string | null | undefined): ErrorCode[] {
  const words: readonly string[] = description?.match(/\b[A-Z]+(?:_[A-Z]+)*\b/g) ?? [];
  return words.filter((word): word is ErrorCode => word in catalogue);
}

describe('every error that the description of a root field names', () => {
  it.each(cases())('%s: is declared', (_name, { api, route }) => {
    const info = new TypeInfo(bareSchema);
    const missing: string[] = [];
    visit(
      route.document,
      visitWithTypeInfo(info, {
        Field() {
          const parent = info.getParentType();
          if (parent !== bareSchema.getQueryType() && parent !== bareSchema.getMutationType()) return;
          const codes = thrownBy(info.getFieldDef()?.description);
          missing.push(...codes.filter((code) => !isDeclared(code, route, api)));
        },
      }),
    );
    expect(missing).toEqual([]);
  });
});

describe('an error that a route does not declare', () => {
  const { api, route } = served.find(
    ({ route: { errors } }) => errors.length === 0,
  ) as (typeof served)[number];
  const met = (code: ErrorCode, strict: boolean) => declaredError(new DomainError(code), api, route, strict);

  it('is an internal one, whose cause names route and code for the log', () => {
    for (const strict of [true, false]) {
      const { code, details } = met('NAME_TAKEN', strict);
      expect(code).toBe('INTERNAL');
      expect(String(details.cause)).toContain(`${route.path} does not declare NAME_TAKEN`);
    }
  });

  it('fails the test that met it also when it is a common one, which production shows', () => {
    expect(met('INVALID_INPUT', true).code).toBe('INTERNAL');
    expect(met('INVALID_INPUT', false).code).toBe('INVALID_INPUT');
  });

  it('is no error of the pipeline or of a busy database', () => {
    for (const code of ['RATE_LIMITED', 'CSRF_INVALID', 'OVERLOADED', 'SERVICE_UNAVAILABLE'] as const)
      expect(met(code, true).code).toBe(code);
  });
});
