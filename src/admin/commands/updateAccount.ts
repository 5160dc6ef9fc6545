import { graphql, type VariablesOf } from '../../graph/core/documents.ts';
import { command } from '../command.ts';
import { accountOr } from '../failures.ts';
import type { OperatorGraph } from '../operatorGraph.ts';
import { planOf, truthOf } from '../values.ts';

const UpdateAccount = graphql(`
  mutation AdminUpdateAccount($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      account {
        email
        plan
      }
    }
  }
`);

async function update(graph: OperatorGraph, input: VariablesOf<typeof UpdateAccount>['input']) {
  const { updateAccount } = await graph.run(UpdateAccount, { input }).catch(accountOr(input.email));
  return updateAccount.account;
}

export const setPlan = command({
  name: 'set-plan',
  summary: 'Give an account another plan: FREE, PRO or SCALE',
  args: ['email', 'plan'],
  async run({ args, graph, io }) {
    const { email, plan } = await update(graph, { email: args.email, plan: planOf(args.plan) });
    io.print(`${email} has the plan ${plan}.`);
  },
});

export const grantAdministrator = command({
  name: 'grant-administrator',
  summary: 'Let an account manage all accounts',
  args: ['email'],
  async run({ args, graph, io }) {
    const { email } = await update(graph, { email: args.email, administrator: true });
    io.print(`${email} is an administrator.`);
  },
});

export const withdrawAdministrator = command({
  name: 'withdraw-administrator',
  summary: 'Take that right away again',
  args: ['email'],
  async run({ args, graph, io }) {
    const { email } = await update(graph, { email: args.email, administrator: false });
    io.print(`${email} is no administrator.`);
  },
});

export const setActive = command({
  name: 'set-active',
  summary: 'Switch an account off (false) or on again (true)',
  details: 'While it is off, its sign-ins, sessions and keys are refused; nothing of it is lost.',
  args: ['email', 'true|false'],
  async run({ args, graph, io }) {
    const active = truthOf(args['true|false']);
    const { email } = await update(graph, { email: args.email, active });
    io.print(`${email} is ${active ? 'active' : 'switched off'}.`);
  },
});
