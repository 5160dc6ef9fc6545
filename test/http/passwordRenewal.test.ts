import { hash } from 'argon2';
import { expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';

const app = useApp({}, { realHasher: true });

const login = (email: string, typed: string) =>
  app.request.post('/api/auth/login').send({ email, password: typed });

it('a hash of older parameters is renewed when its owner signs in, and by nobody else', async () => {
  const { id, email } = await app.makeAccount();
  const old = await hash(password, { type: 2, memoryCost: 4096, timeCost: 1, parallelism: 1 });
  await app.db.account.update({ where: { id }, data: { passwordHash: old } });
  const stored = async () => {
    await app.services.background.drain();
    return (await app.db.account.findUniqueOrThrow({ where: { id } })).passwordHash;
  };
  await login(email, 'wrong password').expect(401);
  expect(await stored()).toBe(old);
  await login(email, password).expect(200);
  expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,/);
  await login(email, password).expect(200);
});
