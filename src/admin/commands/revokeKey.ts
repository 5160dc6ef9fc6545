import { graphql } from '../../graph/core/documents.ts';
import { command } from '../command.ts';
import { missingOr } from '../failures.ts';

const RevokeKey = graphql(`
  mutation AdminRevokeKey($id: ID!) {
    revokeAnyApiKey(input: { id: $id }) {
      apiKey {
        prefix
        name
      }
    }
  }
`);

export const revokeKey = command({
  name: 'revoke-key',
  summary: 'Refuse a key from now on; `keys` shows the ids',
  args: ['id'],
  async run({ args: { id }, graph, io }) {
    const { revokeAnyApiKey } = await graph
      .run(RevokeKey, { id })
      .catch(missingOr('There is no key with this id.'));
    const key = revokeAnyApiKey.apiKey;
    io.print(`The key ${key.prefix}… (${key.name}) is revoked.`);
  },
});
