import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { asOperator } from '../../src/admin/operator.ts';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { graphql } from '../../src/graph/core/documents.ts';
import { bareSchema } from '../../src/graph/schema.ts';
import { password, useApp } from '../support/app.ts';

/**
 * For whom each field of an account is. `everyone` who reads accounts: its owner, and whoever runs the
 * server and must know who somebody is, what they may use, and by which keys, sessions and names they do
 * so. `owner`: what somebody does here is not needed for that, least of all what they keep in a household.
 */
const judged: Readonly<Record<string, 'everyone' | 'owner'>> = {
  id: 'everyone',
  email: 'everyone',
  releasedEmail: 'everyone',
  emailVerified: 'everyone',
  userName: 'everyone',
  name: 'everyone',
  plan: 'everyone',
  planSource: 'everyone',
  planLimits: 'everyone',
  hasPassword: 'everyone',
  administrator: 'everyone',
  active: 'everyone',
  deletionRequestedAt: 'everyone',
  deletionScheduledAt: 'everyone',
  createdAt: 'everyone',
  updatedAt: 'everyone',
  // A stolen account is looked into by these: whose identity was linked, which keys and sessions there are.
  linkedIdentities: 'everyone',
  signInMethods: 'everyone',
  apiKeys: 'everyone',
  activeApiKeyCount: 'everyone',
  sessions: 'everyone',
  securityEvents: 'everyone',
  // Public names on this server, which may be misused.
  tunnels: 'everyone',
  tunnelRequests: 'owner',
  organizations: 'owner',
  activeLocationId: 'owner',
  locations: 'owner',
  scans: 'owner',
  savedViews: 'owner',
  settings: 'owner',
  export: 'owner',
};
const args: Readonly<Record<string, string>> = { settings: '(kind: PREFERENCES)' };

const fields = (bareSchema.getType('Account') as GraphQLObjectType).getFields();
const selections = Object.values(fields).map(({ name, type }) => {
  const inner = isObjectType(getNamedType(type)) ? ' { __typename }' : '';
  return { name, text: `${name}${args[name] ?? ''}${inner}` };
});
const ofOwner = selections.filter(({ name }) => judged[name] === 'owner');

const app = useApp();
let owner: Account;
let key: string;
let root: string;
beforeAll(async () => {
  owner = await app.makeAccount();
  key = await app.makeKey(owner);
  root = await app.makeKey(await app.makeAccount({ administrator: true }));
});

const codesOf = async (query: string, credential?: string) => {
  const { data, errors } = await app.graphql(query, {}, credential);
  return errors ? errors.map(({ extensions }) => extensions.code) : Object.keys(data);
};

it('every field of Account is judged, and nothing else', () => {
  expect(Object.keys(judged).sort()).toEqual(Object.keys(fields).sort());
});

describe('an account', () => {
  it.each(selections)('shows its owner $name', async ({ text }) => {
    expect(await codesOf(`{ viewer { ${text} } }`, key)).toEqual(['viewer']);
  });

  it.each(selections)('shows $name to who administers the server, or does not', async ({ name, text }) => {
    const refused = judged[name] === 'owner';
    expect(await codesOf(`{ account(email: "${owner.email}") { ${text} } }`, root)).toEqual(
      refused ? ['FORBIDDEN'] : ['account'],
    );
  });

  it.each(ofOwner)('does not show $name by the other endpoints of administrators', async ({ text }) => {
    const all = await codesOf(`{ accounts(search: "${owner.email}") { nodes { ${text} } } }`, root);
    const changed = `mutation { updateAccount(input: { email: "${owner.email}", plan: FREE }) { account { ${text} } } }`;
    const made = `mutation { createAccount(input: { email: "new${Math.random()}@example.com", password: "${password}" }) { account { ${text} } } }`;
    expect([all, await codesOf(changed, root), await codesOf(made, root)]).toEqual([
      ['FORBIDDEN'],
      ['FORBIDDEN'],
      ['FORBIDDEN'],
    ]);
  });

  it.each(ofOwner)('shows $name to who signs in to it, whoever they were before', async ({ text }) => {
    const signIn = `mutation { signIn(input: { email: "${owner.email}", password: "${password}" }) {
      refreshToken account { ${text} }
    } }`;
    expect(await codesOf(signIn)).toEqual(['signIn']);
    const { data } = await app.graphql(signIn, {}, root);
    const { refreshToken } = data.signIn;
    const refresh = `mutation { refreshSession(input: { refreshToken: "${refreshToken}" }) { account { ${text} } } }`;
    expect(await codesOf(refresh)).toEqual(['refreshSession']);
  });

  it('does not show the console what is its owner’s', async () => {
    const Ask = graphql(`
      query TestScans($email: String!) {
        account(email: $email) {
          scans {
            totalCount
          }
        }
      }
    `);
    await expect(asOperator(app.services, Ask, { email: owner.email })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
