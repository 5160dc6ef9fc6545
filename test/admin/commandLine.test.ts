import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import argon2 from 'argon2';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { makePlace, spawnFile, textOf } from './support.ts';

const place = await makePlace();
const database = await openDatabase(place.url);
const { db } = database;
afterAll(async () => {
  await database.close();
  await place.remove();
});
beforeEach(async () => {
  await db.account.deleteMany();
});

const secret = 'a secret of mine';

describe('wrong usage ends with 2, shows the help and changes nothing', () => {
  test.each([
    ['no command', [], 'There is no command.'],
    ['an unknown command', ['acounts'], 'There is no such command.'],
    ['help for an unknown command', ['help', 'acounts'], 'There is no such command.'],
    ['a missing argument', ['set-plan', 'ann@example.com'], 'PLAN is missing.'],
    ['an argument too many', ['revoke-key', 'a', 'b'], 'There is an argument too many.'],
    ['an unknown option', ['accounts', '--all'], "Unknown option '--all'."],
    ['an option without its value', ['invite', '--hours'], "Option '--hours <value>' argument missing."],
    ['a missing option', ['create-account', '--name', 'Ann'], '--email is missing.'],
    ['an unknown plan', ['set-plan', 'ann@example.com', 'GOLD'], 'PLAN must be one of FREE, PRO, SCALE.'],
    ['neither true nor false', ['set-active', 'ann@example.com', 'no'], 'Say true or false.'],
    ['hours that are no number', ['invite', '--hours', 'ten'], '--hours must be a whole number.'],
  ])('%s', async (_what, argv, sentence) => {
    const { code, stdout, stderr } = await place.admin(argv, secret);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(sentence);
    expect(stderr).toContain('Usage: npm run admin -- ');
  });
});

test('help is an answer, for all commands and for each', async () => {
  for (const argv of [['help'], ['--help']]) {
    const { code, stdout, stderr } = await place.admin(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const [, name] of stdout.matchAll(/^ {2}([a-z-]+) /gm)) {
      const asked = await place.admin(['help', name as string]);
      expect(asked.stdout).toContain(`Usage: npm run admin -- ${name}`);
      expect(await place.admin([name as string, '--help'])).toEqual(asked);
    }
  }
});

describe('create-account', () => {
  const create = ['create-account', '--email', ' Ann@Example.com '];

  test('takes all options', async () => {
    const options = ['--name', 'Ann Other', '--plan', 'scale', '--administrator', '--password', secret];
    const { code, stdout, stderr } = await place.admin([...create, ...options]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('ann@example.com has an account, plan SCALE, administrator.\n');
    expect(await db.account.findFirst()).toMatchObject({
      email: 'ann@example.com',
      name: 'Ann Other',
      plan: 'SCALE',
      planSource: 'GRANTED',
      administrator: true,
      emailVerifiedAt: expect.any(Date),
      passwordHash: expect.stringMatching(/^\$argon2id\$/),
    });
  });

  test('takes the password from standard input, up to its line break, and never shows it', async () => {
    const child = spawnFile('admin/main.ts', create, place.env);
    const outputs = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    child.stdin?.end(`${secret}\r\n`);
    const [code] = await once(child, 'exit');
    expect([code, ...(await outputs)]).toEqual([0, 'ann@example.com has an account, plan FREE.\n', '']);
    const hash = (await db.account.findFirstOrThrow()).passwordHash as string;
    expect(await argon2.verify(hash, secret)).toBe(true);
  }, 60_000);

  test.each([
    ['none', '', 2, 'There is no password: pipe one in, or use a terminal.'],
    ['two lines', `${secret}\n${secret}\n`, 2, 'The password on standard input must be a single line.'],
    ['a whole file', 'x'.repeat(10_000), 2, 'What stands on standard input is too long for a password.'],
    ['a short one', 'short\n', 1, 'password must have at least 8 characters.'],
  ])('refuses %s', async (_what, input, expected, sentence) => {
    const { code, stdout, stderr } = await place.admin(create, input);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(sentence);
    expect(stderr).not.toContain(secret);
    expect(await db.account.count()).toBe(0);
  });

  test('refuses an address that has an account, and says so', async () => {
    await place.admin(create, secret);
    const { code, stderr } = await place.admin(create, 'another password');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'An account with this e-mail address exists already.\n',
    });
  });
});

describe('what is not there', () => {
  test.each([
    [['set-plan', 'nobody@example.com', 'PRO'], 'There is no account with the address nobody@example.com.'],
    [
      ['grant-administrator', 'nobody@example.com'],
      'There is no account with the address nobody@example.com.',
    ],
    [['keys', 'nobody@example.com'], 'There is no account with the address nobody@example.com.'],
    [['revoke-key', 'nothing'], 'There is no key with this id.'],
    [['invite', '--hours', '999999'], 'validHours must be between 1 and 2160.'],
  ])('%s', async (argv, sentence) => {
    expect(await place.admin(argv)).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` });
  });
});

test('what strangers call themselves cannot drive the terminal', async () => {
  const name = 'Eve\u001b[2J\u0007\u009b31m\u202eevil\nroot';
  await db.account.create({ data: { id: newId(), email: 'eve@example.com', name } });
  const { stdout } = await place.admin(['accounts']);
  expect(stdout).toMatch(/^CREATED +PLAN +ADDRESS +FLAGS +NAME\n/);
  expect(stdout.split('\n')).toHaveLength(3);
  expect(stdout).toContain('Eve\ufffd[2J\ufffd\ufffd31m\ufffdevil\ufffdroot');
});

test('all accounts are listed, however many there are', async () => {
  const people = Array.from({ length: 1100 }, (_, index) => ({
    id: newId(),
    email: `n${index}@example.com`,
    name: 'n',
  }));
  await db.account.createMany({ data: people });
  const { stdout } = await place.admin(['accounts']);
  expect(new Set(stdout.match(/n\d+@example\.com/g)).size).toBe(1100);
  expect((await place.admin(['accounts', 'n17@'])).stdout.match(/@/g)).toHaveLength(1);
});

test('a wrong variable of the environment is named', async () => {
  const other = await makePlace({ ROOT_API: 'nothing' });
  expect(await other.admin(['accounts'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ROOT_API must be one of'),
  });
  await other.remove();
});

test('backup makes no empty database where there is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-nothing-'));
  const nowhere = await makePlace({ DATABASE_URL: `file:${join(folder, 'typo.db')}` });
  const { code, stderr } = await nowhere.admin(['backup', 'copy']);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `There is no database at ${join(folder, 'typo.db')}.\n`,
  });
  expect(readdirSync(folder)).toEqual([]);
  await nowhere.remove();
  rmSync(folder, { recursive: true });
});

test('without its message line a change is made, and the operator hears that servers were not told', async () => {
  const cut = await makePlace({ REDIS_URL: 'redis://127.0.0.1:1' });
  const { code, stderr } = await cut.admin(['create-account', '--email', 'ann@example.com'], secret);
  expect(code).toBe(1);
  expect(stderr).toContain('Done, but running servers could not be told');
  expect((await cut.admin(['accounts'])).stdout).toContain('ann@example.com');
  await cut.remove();
}, 30_000);
