import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();

/** The audits of the GraphQL-over-HTTP specification, what it recommends included. */
const audits = serverAudits({ url: () => `${app.url}/graphql`, fetchFn: fetch });

describe('GraphQL over HTTP', () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, { fn }) => {
    const result = await fn();
    expect([result.status, 'reason' in result && result.reason]).toEqual(['ok', false]);
  });
});
