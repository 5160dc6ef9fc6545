import { join } from 'node:path';
import { type DocumentNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors/catalogue.ts';
import { bareSchema } from '../../src/graph/schema.ts';
import { commonErrors } from '../../src/rest/engine/errorMapping.ts';
import { commonCodes } from '../../src/rest/engine/errors.ts';
import { cases, type Served, served } from './support/routes.ts';
import { readSources, type SourceGraph, sourcesBelow } from './support/sourceGraph.ts';

/** Why codes that the sources of a route's fields hold cannot come out of it. */
interface Exception {
  readonly codes: readonly ErrorCode[];
  /** The root fields, or the routes by their names, that it is about. */
  readonly of: readonly string[];
  /** The one declaration whose throw it is about; all of them unless given. */
  readonly thrownBy?: string;
}

const exceptions: readonly Exception[] = [
  {
    // Unreachable because these fields show an account to its owner, who is signed in or was just proven.
    codes: ['FORBIDDEN'],
    of: ['viewer', 'signIn', 'saveSettings'],
    thrownBy: '/graph/identity/session/ownAccount.ts#assertOwn',
  },
  {
    // Unreachable because settleActiveLocation catches it: a location that is gone is not made the active one.
    codes: ['FORBIDDEN'],
    of: ['signIn'],
    thrownBy: '/graph/inventory/location/roles.ts#lockLocationKeepingVersion',
  },
  {
    // Unreachable because lockUnlessGone catches it: a location that is gone need not be locked.
    codes: ['FORBIDDEN'],
    of: [
      'deleteViewer',
      'requestDeletion',
      'verifyEmail',
      'verifyEmailCode',
      'resetPassword',
      'signInWithGoogle',
    ],
    thrownBy: '/graph/inventory/location/roles.ts#lockLocation',
  },
  {
    // Unreachable because only the console has a credential of this kind, and it calls no route.
    codes: ['FORBIDDEN'],
    of: ['organization', 'vpnNode', 'vpnPassword'],
    thrownBy: '/graph/vpn/organization/access.ts#organizationIdFor',
  },
  {
    // Unreachable because what an operation of a batch throws becomes its result.
    codes: ['ITEM_CHECKED_OUT', 'NAME_TAKEN', 'PIN_LIMIT_REACHED'],
    of: ['runBatch'],
  },
  {
    // Unreachable because `items` of a bin is a list in its row; the search is behind that of a location.
    codes: ['FORBIDDEN'],
    of: ['bin', 'binByShortCode'],
    thrownBy: '/graph/inventory/search/version.ts#searchVersion',
  },
  {
    // Unreachable because this route sends no password.
    codes: ['CURRENT_PASSWORD_WRONG'],
    of: ['binboi DELETE /api/v1/auth/me'],
  },
  {
    // Unreachable because these routes send no user name.
    codes: ['USER_NAME_TAKEN'],
    of: ['binboi POST /api/auth/register', 'binboi PUT /api/v1/auth/me', 'openbin PUT /api/auth/password'],
  },
  {
    // Unreachable because OpenBin asks for no proven address, and neither do keys of its form.
    codes: ['EMAIL_NOT_VERIFIED'],
    of: ['openbin POST /api/auth/login', 'openbin POST /api/api-keys'],
  },
];

/** The names of a document's root fields and of all fields below them. */
function fieldsOf(document: DocumentNode): { roots: string[]; below: string[] } {
  const info = new TypeInfo(bareSchema);
  const rootTypes = [bareSchema.getQueryType(), bareSchema.getMutationType()];
  const roots: string[] = [];
  const below: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        const isRoot = rootTypes.some((type) => type === info.getParentType());
        (isRoot ? roots : below).push(name.value);
      },
    }),
  );
  return { roots, below };
}

const graph = readSources(sourcesBelow(join(import.meta.dirname, '../../src')));
const common: ReadonlySet<string> = new Set(commonCodes);

/** The codes beside the common ones that a route can meet, each with who throws it. */
function reachable({ route, name }: Pick<Served, 'route' | 'name'>, given = exceptions): string[] {
  const { roots, below } = fieldsOf(route.document);
  const about = given.filter(({ of }) => of.includes(name) || roots.some((root) => of.includes(root)));
  const isExcepted = (code: string, thrower: string) =>
    about.some(
      ({ codes, thrownBy = thrower }) => (codes as readonly string[]).includes(code) && thrownBy === thrower,
    );
  return [...graph.reachable(roots, below)]
    .filter(([code, throwers]) => !common.has(code) && [...throwers].some((one) => !isExcepted(code, one)))
    .map(([code]) => code);
}

const undeclared = (one: Pick<Served, 'api' | 'route' | 'name'>, given = exceptions): string[] => {
  const declared: readonly string[] = [...one.route.errors, ...commonErrors(one.route, one.api)];
  return reachable(one, given).filter((code) => !declared.includes(code));
};

const named = (name: string): Served => {
  const found = served.find((one) => one.name === name);
  if (!found) throw new Error(`There is no route ${name}`);
  return found;
};

describe('every code that the sources of a document can throw', () => {
  it.each(cases())('%s: is declared', (_name, one) => {
    expect(undeclared(one)).toEqual([]);
  });

  it.each(cases())('%s: and none is declared that they cannot', (_name, one) => {
    const { roots, below } = fieldsOf(one.route.document);
    const known = graph.reachable(roots, below);
    expect(one.route.errors.filter((code) => !known.has(code))).toEqual([]);
  });

  it('is missed by a route that does not declare it any more', () => {
    for (const [name, code] of [
      ['openbin POST /api/locations/join', 'ALREADY_MEMBER'],
      ['openbin GET /api/bins/:id', 'BIN_IN_TRASH'],
      ['openbin DELETE /api/auth/account', 'SOLE_ADMIN_OF_SHARED_LOCATIONS'],
      ['binboi POST /api/auth/register', 'INVITATION_INVALID'],
      ['restume POST /v1/auth/google', 'IDENTITY_TOKEN_INVALID'],
      ['bingo POST /api/v2/nodes/', 'ORGANIZATION_SUSPENDED'],
      ['bingo POST /api/v2/nodes/:id/heartbeat/', 'FORBIDDEN'],
    ] as const) {
      const { api, route } = named(name);
      expect(route.errors, name).toContain(code);
      const errors = route.errors.filter((declared) => declared !== code);
      expect(undeclared({ name, api, route: { ...route, errors } }), name).toEqual([code]);
    }
  });

  it('has no exception that is not needed', () => {
    for (const exception of exceptions) {
      for (const name of exception.of) {
        const without = exceptions.map((one) =>
          one === exception ? { ...one, of: one.of.filter((other) => other !== name) } : one,
        );
        const missed = served.flatMap((one) => undeclared(one, without));
        expect([...new Set(missed)].sort(), name).toEqual([...exception.codes].sort());
      }
    }
  });

  it('is written where it is thrown', () => {
    // What the database refuses has common codes only; the engine copies a code, or has a common one.
    expect(graph.computed).toEqual([
      '/errors/domainError.ts: code',
      '/rest/engine/bind.ts: code',
      '/rest/engine/errorMapping.ts: error.code',
    ]);
  });

  it('is looked for in the source of every root field', () => {
    const types = [bareSchema.getQueryType(), bareSchema.getMutationType()];
    const defined = types.flatMap((type) => Object.keys(type?.getFields() ?? {}));
    expect([...graph.rootFields].sort()).toEqual(defined.sort());
  });
});

describe('the codes of a source', () => {
  const codes = (read: SourceGraph, root: string, below: string[] = []) =>
    [...read.reachable([root], below).keys()].sort();

  const read = readSources(
    new Map([
      [
        '/fields.ts',
        `import { check, type Unused } from './rules.ts';
         import { only as renamed } from './again.ts';
         import type { typed } from './rules.ts';
         const local = () => { throw new DomainError(late ? 'A' : 'B'); };
         builder.mutationField('one', (t) => t.field({ resolve: () => { local(); return check as typed; } }));
         builder.queryFields((t) => ({ two: t.field({ resolve: renamed }), three: t.field({}) }));
         builder.relayMutationField('four', {}, { resolve: (c) => own(c).codes.use() }, {});
         builder.mutationField('five', (t) => t.field({ resolve: (c) => c.services.lifecycle.erase() }));
         builder.objectField(Type, 'below', (t) => t.field({ resolve: () => new DomainError('BELOW') }));`,
      ],
      [
        '/rules.ts',
        `export function check() { return inner; }
         const inner = { a: () => new DomainError('INNER') };
         export const typed = new DomainError('TYPE');
         export class Unused { a = new DomainError('UNUSED'); }
         export const only = (code) => new DomainError(code);`,
      ],
      ['/again.ts', `export { other as only } from './other.ts';`],
      [
        '/other.ts',
        `export const other = () => { throw new DomainError('OTHER', { message: 'NO_CODE' }); };`,
      ],
      [
        '/services.ts',
        `const make = () => ({ use() { throw new DomainError('SERVICE'); } });
         export function addServices() { const codes = make(); own.add(services, { codes }); }
         export const wingLifecycle = { async erase() { throw new DomainError('HOOK'); }, invited() { throw new DomainError('X'); } };`,
      ],
    ]),
  );

  it('are those of its own declarations and of what it imports, but not of types', () => {
    expect(codes(read, 'one')).toEqual(['A', 'B', 'INNER']);
  });

  it('are found under another name, and for each field of several', () => {
    expect(codes(read, 'two')).toEqual(['OTHER']);
    expect(codes(read, 'three')).toEqual([]);
  });

  it('are those of services, of account hooks and of fields below', () => {
    expect(codes(read, 'four')).toEqual(['SERVICE']);
    expect(codes(read, 'five')).toEqual(['HOOK']);
    expect(codes(read, 'three', ['below'])).toEqual(['BELOW']);
  });

  it('are told apart from those that only a run would show', () => {
    expect(read.computed).toEqual(['/rules.ts: code']);
  });

  it('come with the declaration that throws them', () => {
    expect(read.reachable(['one']).get('INNER')).toEqual(new Set(['/rules.ts#inner']));
  });
});
