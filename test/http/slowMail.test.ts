import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';

let silent: Server;
beforeAll(async () => {
  // It takes connections and says nothing, which is worse than one that refuses.
  silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
});
afterAll(() => void silent.close());
const app = useApp(() => ({ SMTP_URL: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}` }));

it('a mail server that is silent holds no request up and fails none', async () => {
  const startedAt = Date.now();
  const email = 'ada@example.com';
  await app.request.post('/binboi/api/auth/register').send({ email, password }).expect(201);
  await app.request
    .post('/restume/v1/auth/register')
    .send({ username: 'bob', email: 'bob@example.com', password })
    .expect(201);
  await app.request.post('/binboi/api/auth/resend-verification').send({ email }).expect(200);
  await app.request.post('/binboi/api/auth/forgot-password').send({ email }).expect(200);
  await app.request.post('/restume/v1/auth/forgot-password').send({ email }).expect(200);
  await app.services.background.drain();
  expect(app.services.mailer.pending()).toBeGreaterThan(0);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
}, 60_000);
