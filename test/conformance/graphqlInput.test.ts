import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();

const nested = (levels: number, inside: string) => '{"a":'.repeat(levels) + inside + '}'.repeat(levels);
const withVariables = (variables: string) => `{"query":"{__typename}","variables":${variables}}`;

describe('What is no GraphQL request is the caller’s mistake', () => {
  it.each([
    ['a query that is a number', '{"query":1}', 400],
    ['a query that is a list', '{"query":["{__typename}"]}', 400],
    ['variables nested deeper than any stack', withVariables(nested(50_000, '1')), 400],
    ['U+0000 deep inside', withVariables(nested(50_000, '"\\u0000"')), 400],
  ])('%s', async (_name, body, expected) => {
    const { status, text } = await app.request
      .post('/graphql')
      .set('content-type', 'application/json')
      .send(body);
    expect([status, text]).toEqual([expected, expect.not.stringContaining('INTERNAL')]);
  });

  it.each(['variables={', 'extensions=x'])('GET with %s', async (query) => {
    const { status, body } = await app.request
      .get(`/graphql?query={__typename}&${query}`)
      .set('accept', 'application/json');
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });
});
