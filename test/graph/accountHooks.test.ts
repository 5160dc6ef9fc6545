import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { makeNode, makePassword, makePerson, type Person } from '../bingo/support.ts';
import { useApp } from '../support/app.ts';

const app = useApp();

async function administrator(): Promise<string> {
  return app.makeKey(await app.makeAccount({ administrator: true }));
}

async function setActive(root: string, email: string, active: boolean): Promise<void> {
  const { errors } = await app.graphql(
    `mutation { updateAccount(input: { email: "${email}", active: ${active} }) { account { active } } }`,
    {},
    root,
  );
  expect(errors).toBeUndefined();
}

describe('a suspended account', () => {
  const shared = async (shareCode: string) =>
    (await app.graphql(`{ sharedVpnPassword(shareCode: "${shareCode}") { name } }`)).data.sharedVpnPassword;

  it('shares no passwords until it is active again', async () => {
    const [root, ann] = [await administrator(), await makePerson(app)];
    const node = await makeNode(ann);
    const { share_code: code } = await makePassword(ann, node.id, { name: 'phone' });
    expect(await shared(code)).toEqual({ name: 'phone' });
    await setActive(root, ann.account.email, false);
    expect(await shared(code)).toBeNull();
    const rest = await app.request.get(`/api/v2/shared/${code}/`);
    expect(rest.status).toBe(404);
    await setActive(root, ann.account.email, true);
    expect(await shared(code)).toEqual({ name: 'phone' });
  });

  it('S20: its share codes answer 404 like inactive ones while it waits for its deletion', async () => {
    const ann = await makePerson(app);
    const node = await makeNode(ann);
    const { share_code: code } = await makePassword(ann, node.id, { name: 'phone' });
    const { share_code: inactive } = await makePassword(ann, node.id, { name: 'off' });
    await app.db.vpnPassword.update({ where: { shareCode: inactive }, data: { active: false } });
    await app.db.account.update({ where: { id: ann.account.id }, data: { deletionRequestedAt: new Date() } });
    expect(await shared(code)).toBeNull();
    const answers = await Promise.all(
      [code, inactive].map((each) => app.request.get(`/api/v2/shared/${each}/`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  it('has no open tunnels, and others keep theirs', async () => {
    const root = await administrator();
    const [one, other] = [await app.makeAccount(), await app.makeAccount()];
    for (const { id: accountId } of [one, other])
      await app.db.tunnel.create({
        data: { id: newId(), accountId, subdomain: newId(), target: 'http://localhost:1', status: 'ACTIVE' },
      });
    await setActive(root, one.email, false);
    const statusOf = async (accountId: string) =>
      (await app.db.tunnel.findFirstOrThrow({ where: { accountId } })).status;
    expect([await statusOf(one.id), await statusOf(other.id)]).toEqual(['INACTIVE', 'ACTIVE']);
    // Its agents come back by themselves.
    await setActive(root, one.email, true);
    expect(await statusOf(one.id)).toBe('INACTIVE');
  });
});

describe('another address of an account', () => {
  const move = async (ann: Person, email: string) =>
    app.graphql(
      `mutation { updateProfile(input: { email: "${email}" }) { account { email } } }`,
      {},
      await app.makeSession(ann.account),
    );
  const contactOf = async ({ account }: Person) =>
    (await app.db.organization.findUniqueOrThrow({ where: { ownerId: account.id } })).contactEmail;

  it('is the contact of its organization where the old one was', async () => {
    const ann = await makePerson(app);
    await makeNode(ann);
    expect(await contactOf(ann)).toBe(ann.account.email);
    expect((await move(ann, 'moved@example.com')).errors).toBeUndefined();
    expect(await contactOf(ann)).toBe('moved@example.com');
  });

  it('leaves a contact alone that its owner has chosen', async () => {
    const ann = await makePerson(app);
    await makeNode(ann);
    const where = { ownerId: ann.account.id };
    await app.db.organization.update({ where, data: { contactEmail: 'office@example.com' } });
    expect((await move(ann, 'elsewhere@example.com')).errors).toBeUndefined();
    expect(await contactOf(ann)).toBe('office@example.com');
  });
});
