import { graphql, type ResultOf } from '../../graph/core/documents.ts';
import { command } from '../command.ts';
import { alignRows, moment } from '../io.ts';

const Accounts = graphql(`
  query AdminAccounts($search: String, $after: String) {
    accounts(search: $search, first: 1000, after: $after) {
      nodes {
        email
        name
        plan
        administrator
        active
        emailVerified
        releasedEmail
        deletionRequestedAt
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Account = ResultOf<typeof Accounts>['accounts']['nodes'][number];

function row({ name, plan, createdAt, ...account }: Account): string[] {
  const { administrator, active, emailVerified, deletionRequestedAt } = account;
  const flags = [
    administrator && 'administrator',
    !active && 'inactive',
    !emailVerified && 'unverified',
    deletionRequestedAt && 'deleted',
  ];
  return [
    moment(createdAt),
    plan,
    account.releasedEmail ?? account.email,
    flags.filter(Boolean).join(',') || '-',
    name,
  ];
}

/** Lists accounts, a thousand at a time: there may be more than fit in memory. */
export const accounts = command({
  name: 'accounts',
  summary: 'List the accounts, newest first, or those whose address contains SEARCH',
  optionalArgs: ['search'],
  async run({ args, graph, io }) {
    let head = [['CREATED', 'PLAN', 'ADDRESS', 'FLAGS', 'NAME']];
    for (let after: string | null | undefined, more = true; more; ) {
      const { accounts: page } = await graph.run(Accounts, { search: args.search, after });
      for (const line of alignRows([...head, ...page.nodes.map(row)])) io.print(line);
      head = [];
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
  },
});
