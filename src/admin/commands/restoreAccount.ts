import { graphql } from '../../graph/core/documents.ts';
import { command } from '../command.ts';
import { Failure } from '../failures.ts';

const Deleted = graphql(`
  query AdminDeleted($search: String!) {
    accounts(search: $search, first: 1000) {
      nodes {
        id
        email
        releasedEmail
        deletionScheduledAt
      }
    }
  }
`);

const RestoreAccount = graphql(`
  mutation AdminRestoreAccount($id: ID!) {
    restoreAnyAccount(input: { id: $id }) {
      email
    }
  }
`);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const restoreAccount = command({
  name: 'restore-account',
  summary: 'Take back the deletion of an account within its grace period, by its address or id',
  details: 'Its sessions stay ended. It cannot be restored while another account has its address.',
  args: ['email|id'],
  async run({ args, graph, io }) {
    const given = args['email|id'].trim();
    const id = uuid.test(given) ? given : await idOf(given.toLowerCase());
    const { restoreAnyAccount } = await graph.run(RestoreAccount, { id });
    io.print(`${restoreAnyAccount.email} is restored.`);

    async function idOf(address: string): Promise<string> {
      const { accounts } = await graph.run(Deleted, { search: address });
      const waiting = accounts.nodes.filter(
        ({ email, releasedEmail, deletionScheduledAt }) =>
          deletionScheduledAt !== null && (releasedEmail ?? email) === address,
      );
      const [first, ...others] = waiting;
      if (!first) throw new Failure(`No account with the address ${address} waits for its deletion.`);
      if (others.length > 0)
        throw new Failure(`Several do; say which: ${waiting.map((account) => account.id).join(', ')}.`);
      return first.id;
    }
  },
});
