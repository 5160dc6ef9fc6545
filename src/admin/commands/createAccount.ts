import { graphql } from '../../graph/core/documents.ts';
import { command } from '../command.ts';
import { readPassword } from '../password.ts';
import { planOf } from '../values.ts';

const CreateAccount = graphql(`
  mutation AdminCreateAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        id
        email
        plan
        administrator
      }
    }
  }
`);

/** Makes a verified account, whatever the registration mode. */
export const createAccount = command({
  name: 'create-account',
  summary: 'Make an account whose address needs no proof',
  details: `The password is asked for on a terminal, and otherwise read from standard input:
  npm run admin -- create-account --email ann@example.com < password.txt
--password shows it to everybody who can list the processes of this machine, and npm prints it.`,
  options: {
    email: { type: 'string', value: 'ADDRESS', about: 'its address', required: true },
    password: {
      type: 'string',
      value: 'TEXT',
      about: 'its password, at least 8 characters; better left out',
    },
    name: { type: 'string', value: 'NAME', about: 'what the person is called' },
    plan: { type: 'string', value: 'PLAN', about: 'FREE, PRO or SCALE; FREE unless given' },
    administrator: { type: 'boolean', about: 'let it manage all accounts' },
  },
  async run({ options: { email, name, ...options }, graph, io }) {
    const plan = planOf(options.plan ?? 'FREE');
    const administrator = options.administrator ?? false;
    const password = options.password ?? (await readPassword(io));
    const { createAccount: payload } = await graph.run(CreateAccount, {
      input: { email, password, name, plan, administrator },
    });
    const made = payload.account;
    io.print(
      `${made.email} has an account, plan ${made.plan}${made.administrator ? ', administrator' : ''}.`,
    );
  },
});
