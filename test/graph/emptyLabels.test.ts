import { expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();

// Findings F8: mail servers take a dot at the end of a domain away, so that these name one mailbox.
it.each([
  'ada@dots.example.',
  'ada@dots.example..',
  'ada@dots..example',
  'ada@.dots.example',
])('an address whose domain has an empty part, %s, is invalid at every API', async (email) => {
  const binboi = { email, password: 'correct horse battery', name: 'Ada' };
  const openbin = { email, password: 'Correct1horse', displayName: 'Ada' };
  const restume = { email, password: 'correct horse battery', username: 'ada', full_name: 'Ada' };
  const { status, body } = await app.request.post('/binboi/api/auth/register').send(binboi);
  expect([status, body.code]).toEqual([400, 'INVALID_EMAIL']);
  await app.request.post('/openbin/api/auth/register').send(openbin).expect(422);
  await app.request.post('/restume/v1/auth/register').send(restume).expect(422);
  expect(await app.db.account.count()).toBe(0);
});
