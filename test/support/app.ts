import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { parseConfig } from '../../src/config/config.ts';
import type { Account, ApiKeyFormat, Plan } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { makeKeyText } from '../../src/graph/identity/apiKey/formats.ts';
import { identityServices } from '../../src/graph/identity/services.ts';
import type { BucketOptions } from '../../src/platform/limiter/limiters.ts';
import { createLog } from '../../src/platform/log/log.ts';
import type { Executor } from '../../src/rest/engine/execute.ts';
import { assemble } from '../../src/server.ts';
import { freshDatabase } from './database.ts';
import { createFastHasher } from './fastHasher.ts';
import { type ReadMail, readOutbox } from './mails.ts';
import { freshRedis } from './redis.ts';
import { useStarted } from './started.ts';

/** The password of every account that `makeAccount` makes. */
export const password = 'correct horse battery';

/** The e-mail of `makeAccount` unless one is given; different at each call. */
let made = 0;

/** What an account of a test may have. */
export interface AccountOptions {
  readonly email?: string;
  readonly name?: string;
  readonly plan?: Plan;
  readonly verified?: boolean;
  readonly active?: boolean;
  readonly administrator?: boolean;
  /** Registered by the rules of households. */
  readonly origin?: 'HOUSEHOLD';
}

/** What a test may choose beside the configuration. */
export interface TestAppOptions {
  /** Hash as in production, for tests whose subject that is; otherwise passwords cost nothing. */
  readonly realHasher?: boolean;
}

/**
 * The whole server on a port of its own, with a fresh database and data folder. Rate limits are
 * off unless `env` turns them on; every answer is checked against its declared schema.
 * LATCHKEY_TEST_EXECUTOR chooses the executor of trusted documents.
 */
export async function startTestApp(
  env: Record<string, string> = {},
  { realHasher = false }: TestAppOptions = {},
) {
  const database = await freshDatabase();
  const redisUrl = await freshRedis();
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-data-'));
  const config = parseConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DISABLE_RATE_LIMIT: 'true',
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...env,
  });
  const executor = process.env.LATCHKEY_TEST_EXECUTOR as Executor | undefined;
  const running = await assemble(config, createLog(config), {
    verifyAnswers: true,
    ...(executor && { executor }),
    ...(!realHasher && { hasher: createFastHasher() }),
  });
  await new Promise<void>((resolve) => running.http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(running.http.address() as AddressInfo).port}`;
  const { services, limiters } = running;
  const { db } = services.database;
  const request = supertest(url);
  /** {@link password} hashed: once a server instead of once an account. */
  let passwordHash: Promise<string> | undefined;

  async function graphql(query: string, variables: Record<string, unknown> = {}, credential?: string) {
    const call = request.post('/graphql').set('content-type', 'application/json');
    if (credential) call.set('authorization', `Bearer ${credential}`);
    const { body, status } = await call.send({ query, variables });
    return {
      status,
      data: body.data,
      errors: body.errors as
        | { message: string; path?: string[]; extensions: Record<string, unknown> }[]
        | undefined,
    };
  }

  /** The newest mail to an address, once it was written; throws after 20 seconds. */
  async function mailTo(address: string): Promise<ReadMail> {
    for (let tries = 0; tries < 1000; tries++) {
      const mail = readOutbox(dataDir).findLast(({ to }) => to.includes(address));
      if (mail) return mail;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no mail to ${address}`);
  }

  return {
    url,
    http: running.http,
    request,
    config,
    services,
    db,
    graphql,
    mailTo,
    /** All mails so far, once none is on its way any more. */
    async mails(): Promise<ReadMail[]> {
      await services.background.drain();
      while (services.mailer.pending() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      return readOutbox(dataDir);
    },
    /** An account by the shortest way, verified unless told otherwise; its password is {@link password}. */
    async makeAccount(options: AccountOptions = {}): Promise<Account> {
      const { verified = true, email = `person${++made}@example.com`, ...rest } = options;
      passwordHash ??= services.hasher.hash(password);
      const provenAt = verified ? new Date() : null;
      return db.account.create({
        data: {
          id: newId(),
          email,
          name: 'Person',
          passwordHash: await passwordHash,
          emailVerifiedAt: provenAt,
          firstProvenAt: provenAt,
          ...rest,
        },
      });
    },
    /** A live key of an account; answers its text. */
    async makeKey(account: Account, format: ApiKeyFormat = 'BINBOI'): Promise<string> {
      const { text, prefix, hash } = makeKeyText(format);
      await db.apiKey.create({
        data: { id: newId(), accountId: account.id, format, name: 'test', prefix, hash },
      });
      return text;
    },
    /** A long-lived access token of an account. */
    async makeSession(account: Account): Promise<string> {
      const expiresAt = new Date(Date.now() + 3600_000);
      const session = await db.session.create({
        data: {
          id: newId(),
          accountId: account.id,
          kind: 'LONG_LIVED',
          tokenVersion: account.tokenVersion,
          expiresAt,
        },
      });
      return identityServices({ services }).sessionTokens.issue(session, account, expiresAt);
    },
    /**
     * Uses an API's limit up to its last `left` points, as that many requests would: of an account's only
     * key, or of an address. The limit's numbers are checked on the way.
     */
    async useUp(limit: BucketOptions, of: Account | string, left: number): Promise<void> {
      const bucket = limiters.bucket(limit);
      const key =
        typeof of === 'string'
          ? `a:${of}`
          : `c:${(await db.apiKey.findFirstOrThrow({ where: { accountId: of.id } })).id}`;
      const { remaining } = await bucket.peek(key);
      await bucket.consume(key, remaining - left);
    },
    /** The SQL statements of an answer: without those that mark transactions, and without the note of a key's use, which comes after it. */
    async statements(work: () => PromiseLike<unknown>): Promise<string[]> {
      await services.background.drain();
      const seen: string[] = [];
      const stop = services.database.onStatement(({ sql, marksTransaction }) => {
        if (!marksTransaction && !/^UPDATE .*["`]lastUsedAt["`] = /s.test(sql)) seen.push(sql);
      });
      await work();
      await services.background.drain();
      stop();
      return seen;
    },
    async stop(): Promise<void> {
      await running.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A running test server. */
export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** A test server for the tests of a file or block; its configuration may come from what was started before it. */
export function useApp(
  env: Record<string, string> | (() => Record<string, string>) = {},
  options: TestAppOptions = {},
): TestApp {
  return useStarted(() => startTestApp(typeof env === 'function' ? env() : env, options));
}
