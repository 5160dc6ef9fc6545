import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();

const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';

describe('A GraphQL request that cannot be executed', () => {
  it.each([
    ['a variable of a wrong type', signIn, { input: { email: 1, password: 'x' } }],
    ['a variable that misses a field', signIn, { input: { email: 'a@b.example' } }],
    ['a variable with an unknown field', signIn, { input: { email: 'a', password: 'b', extra: 1 } }],
    ['a variable with an unknown enum value', signIn, { input: { email: 'a', password: 'b', session: 'X' } }],
    ['no variable', signIn, {}],
    ['a time that is none', '{ viewer { tunnelRequests(filter: { since: "now" }) { nodes { id } } } }', {}],
    ['a field that is not there', '{ nothing }', {}],
    ['half a document', '{ viewer {', {}],
  ])('is the caller’s fault, not the server’s: %s', async (_what, query, variables) => {
    const { errors } = await app.graphql(query, variables);
    expect(errors).not.toHaveLength(0);
    for (const { message, extensions } of errors ?? []) {
      expect(extensions.code).not.toBe('INTERNAL');
      expect(message).not.toBe('Something went wrong on the server.');
      expect(extensions.requestId).toEqual(expect.any(String));
    }
  });
});
