import { graphql, type ResultOf } from '../../graph/core/documents.ts';
import { command } from '../command.ts';
import { Failure } from '../failures.ts';
import { alignRows, moment } from '../io.ts';

const Keys = graphql(`
  query AdminKeys($email: String!, $after: String) {
    account(email: $email) {
      apiKeys(first: 1000, after: $after) {
        nodes {
          id
          prefix
          name
          status
          createdAt
          lastUsedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type Key = NonNullable<ResultOf<typeof Keys>['account']>['apiKeys']['nodes'][number];

function row({ id, prefix, status, createdAt, lastUsedAt, name }: Key): string[] {
  return [id, prefix, status, moment(createdAt), moment(lastUsedAt), name];
}

export const keys = command({
  name: 'keys',
  summary: 'List the API keys of an account, newest first, revoked ones too',
  args: ['email'],
  async run({ args: { email }, graph, io }) {
    let head = [['ID', 'PREFIX', 'STATUS', 'CREATED', 'LAST USED', 'NAME']];
    for (let after: string | null | undefined, more = true; more; ) {
      const { account } = await graph.run(Keys, { email, after });
      if (!account) throw new Failure(`There is no account with the address ${email}.`);
      const { nodes, pageInfo } = account.apiKeys;
      for (const line of alignRows([...head, ...nodes.map(row)])) io.print(line);
      head = [];
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
  },
});
