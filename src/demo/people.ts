import { asOperator, runAs } from '../admin/operator.ts';
import type { Caller } from '../graph/core/context.ts';
import { graphql, type VariablesOf } from '../graph/core/documents.ts';
import type { Services } from '../graph/core/services.ts';

/** The password of everyone in the demo. */
export const demoPassword = 'Demo-password-1';

const CreatePerson = graphql(`
  mutation DemoCreatePerson($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        email
        plan
      }
    }
  }
`);

const SignIn = graphql(`
  mutation DemoSignIn($input: SignInInput!) {
    signIn(input: $input) {
      accessToken
    }
  }
`);

const CreateKey = graphql(`
  mutation DemoCreateKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      text
    }
  }
`);

const CreateTunnel = graphql(`
  mutation DemoCreateTunnel($input: CreateTunnelInput!) {
    createTunnel(input: $input) {
      tunnel {
        id
      }
    }
  }
`);

/** A person in the demo: how to sign in as them, and how the demo acts for them. */
export interface Person {
  readonly email: string;
  readonly plan: string;
  readonly caller: Caller;
  /** Texts of their keys, by name. */
  readonly keys: Record<string, string>;
}

type NewPerson = Omit<VariablesOf<typeof CreatePerson>['input'], 'password'>;

/** Creates an account as an administrator would. */
export async function makePerson(services: Services, input: NewPerson): Promise<Person> {
  const { createAccount } = await asOperator(services, CreatePerson, {
    input: { ...input, password: demoPassword },
  });
  const { email, plan } = createAccount.account;
  const { signIn } = await asOperator(services, SignIn, { input: { email, password: demoPassword } });
  return {
    email,
    plan,
    // The operator has no organization and no tunnels of their own.
    caller: await services.credentials.authenticate(signIn.accessToken),
    keys: {},
  };
}

/** Creates a key for a person and remembers its text. */
export async function makeKey(
  services: Services,
  person: Person,
  input: { name: string; format: 'BINBOI' | 'BINGO' | 'RESTUME' | 'OPENBIN' },
): Promise<void> {
  const { createApiKey } = await runAs(services, person.caller, CreateKey, { input });
  person.keys[`${input.format} ${input.name}`] = createApiKey.text;
}

/** Reserves tunnels for a person. */
export async function makeTunnels(
  services: Services,
  person: Person,
  tunnels: readonly VariablesOf<typeof CreateTunnel>['input'][],
): Promise<void> {
  for (const input of tunnels) await runAs(services, person.caller, CreateTunnel, { input });
}
