import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import type { AccountOptions, TestApp } from '../support/app.ts';

/** "Common rules": the documented form of times. */
export const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** A moment in the documented form. */
export function asTime(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** Asserts the envelope of a success and answers its data. */
// biome-ignore lint/suspicious/noExplicitAny: the tests look at JSON
export function dataOf(response: Response, status = 200): any {
  expect({ status: response.status, body: response.body }).toEqual({
    status,
    body: { success: true, data: expect.anything(), error: null },
  });
  expect(Object.keys(response.body)).toEqual(['success', 'data', 'error']);
  return response.body.data;
}

/** Asserts the envelope of an error, and its message when one is given. */
export function expectError(response: Response, status: number, message?: string | RegExp): void {
  expect({ status: response.status, body: response.body }).toEqual({
    status,
    body: {
      success: false,
      data: null,
      error: {
        code: status,
        message: typeof message === 'string' ? message : expect.stringMatching(message ?? /\S/),
      },
    },
  });
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
}

/** Asserts an answer without content. */
export function expectNoContent(response: Response): void {
  expect({ status: response.status, text: response.text }).toEqual({ status: 204, text: '' });
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Calls = Record<Method, (path: string, body?: unknown) => PromiseLike<Response>>;

/** An account with a token, and the calls that a client with this token makes; paths follow `/api/v2`. */
export interface Person extends Calls {
  readonly account: Account;
  readonly token: string;
}

/** Calls with one token. */
export function callsWith(app: TestApp, token: string): Calls {
  const call = (method: Method) => (path: string, body?: unknown) => {
    const request = app.request[method](`/api/v2${path}`).auth(token, { type: 'bearer' });
    return body === undefined
      ? request
      : request.set('content-type', 'application/json').send(JSON.stringify(body));
  };
  return {
    get: call('get'),
    post: call('post'),
    put: call('put'),
    patch: call('patch'),
    delete: call('delete'),
  };
}

/** Makes a person. */
export async function makePerson(app: TestApp, options: AccountOptions = {}): Promise<Person> {
  const account = await app.makeAccount(options);
  const token = await app.makeKey(account, 'BINGO');
  return { account, token, ...callsWith(app, token) };
}

/** What is needed for a node. */
export const aNode = { name: 'Frankfurt 1', ip: '192.0.2.10', host: 'fra1.example.com', country: 'de' };

/** Makes a node by the API; answers it. */
// biome-ignore lint/suspicious/noExplicitAny: the tests look at JSON
export async function makeNode(person: Calls, fields: Record<string, unknown> = {}): Promise<any> {
  return dataOf(await person.post('/nodes/', { ...aNode, ...fields }), 201);
}

/** Makes a password by the API; answers it. */
export async function makePassword(
  person: Calls,
  nodeId: number,
  fields: Record<string, unknown> = {},
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at JSON
): Promise<any> {
  return dataOf(await person.post(`/nodes/${nodeId}/passwords/`, { name: 'phone', ...fields }), 201);
}

/** Makes an account a member of the organization of another; answers the organization's id. */
export async function join(
  app: TestApp,
  member: Account,
  owner: Person,
  role: 'OWNER' | 'ADMIN' | 'VIEWER',
): Promise<number> {
  const { id } = dataOf(await owner.get('/organization/'));
  await app.db.organizationMember.create({
    data: { id: newId(), organizationId: id, accountId: member.id, role },
  });
  return id;
}

/** A token of an account that is bound to an organization, made as its owner would make it. */
export async function boundToken(app: TestApp, account: Account, organizationId: number): Promise<string> {
  const { data, errors } = await app.graphql(
    'mutation ($id: Int!) { createApiKey(input: { format: BINGO, organizationId: $id }) { text } }',
    { id: organizationId },
    await app.makeSession(account),
  );
  expect(errors).toBeUndefined();
  return data.createApiKey.text;
}

/** Moves a node's last heartbeat, and with it the moment from which it is offline. */
export async function ageHeartbeat(app: TestApp, id: number, seconds: number): Promise<void> {
  const lastHeartbeatAt = new Date(Date.now() - seconds * 1000);
  await app.db.vpnNode.update({ where: { id }, data: { lastHeartbeatAt } });
}
