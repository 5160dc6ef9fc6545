import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import type { AccountOptions, TestApp } from '../support/app.ts';

/** A version 4 or 7 UUID. */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Contract 1: token times have whole seconds. */
export const wholeSeconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** Contract 1: other times may have fractions. */
export const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Asserts Binboi's flat error (contract 1): status, code, a sentence, and nothing else. */
export function expectError(response: Response, status: number, code: string): void {
  expect({ status: response.status, body: response.body }).toEqual({
    status,
    body: { code, error: expect.stringMatching(/\S/) },
  });
  expectJson(response);
}

/** Asserts the headers of every answer that has a body. */
export function expectJson({ headers }: Response): void {
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers['x-request-id']).toMatch(/\S/);
}

/** Asserts an answer without content (204). */
export function expectNoContent(response: Response): void {
  expect({ status: response.status, text: response.text }).toEqual({ status: 204, text: '' });
  expect(response.headers['x-request-id']).toMatch(/\S/);
}

/** An account with a key, and the calls that a client with this key makes. */
export interface Person {
  readonly account: Account;
  readonly key: string;
  get(path: string): PromiseLike<Response>;
  post(path: string, body?: unknown): PromiseLike<Response>;
  put(path: string, body?: unknown): PromiseLike<Response>;
  delete(path: string): PromiseLike<Response>;
}

/** Calls with one credential. */
export function callsWith(app: TestApp, credential: string): Omit<Person, 'account' | 'key'> {
  const call = (method: 'get' | 'post' | 'put' | 'delete') => (path: string, body?: unknown) => {
    const request = app.request[method](path).auth(credential, { type: 'bearer' });
    return body === undefined
      ? request
      : request.set('content-type', 'application/json').send(JSON.stringify(body));
  };
  return { get: call('get'), post: call('post'), put: call('put'), delete: call('delete') };
}

/** Makes a person. The key of a FREE account is one of its three. */
export async function makePerson(app: TestApp, options: AccountOptions = {}): Promise<Person> {
  const account = await app.makeAccount(options);
  const key = await app.makeKey(account);
  return { account, key, ...callsWith(app, key) };
}

/** The token in the link of a mail. */
export function tokenIn(text: string): string {
  return /[?&]token=([0-9a-f]+)/.exec(text)?.[1] ?? '';
}
