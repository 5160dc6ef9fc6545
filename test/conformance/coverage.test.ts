import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ApiName } from '../../src/config/config.ts';
import { apis } from '../../src/rest/apis/index.ts';
import { coverageFile, coverageOf } from '../../tools/contract/coverage.ts';

/** APIs that are being built and may be served in part; take a name out when it is whole. */
const underway: readonly ApiName[] = ['openbin'];

describe.each(apis.map(({ name }) => name))('%s', (name) => {
  const { operations, undocumented } = coverageOf(name);

  it('serves nothing that its contract does not document', () => {
    expect(undocumented).toEqual([]);
  });

  it.skipIf(underway.includes(name))('serves everything that its contract documents', () => {
    expect(operations.filter(({ section }) => section === undefined)).toEqual([]);
  });
});

it.each(Object.entries(coverageFile()))('%s is what the tables say', (path, content) => {
  expect(readFileSync(path, 'utf8')).toBe(content);
});
