import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useApp } from '../support/app.ts';
import { call, cases, waysToSend } from './support/routes.ts';
import { makeTestCaller, sampleBody, type TestCaller } from './support/samples.ts';

const app = useApp();
let testCaller: TestCaller;
beforeAll(async () => {
  testCaller = await makeTestCaller(app);
});

describe('when the database fails', () => {
  const told = 'SELECT "passwordHash" FROM "Account" at /srv/latchkey/src';
  const logged: unknown[] = [];
  let mend: () => void;
  beforeEach(() => {
    const { database, log } = app.services;
    const { db } = database;
    logged.length = 0;
    const spies = (['error', 'warn'] as const).map((level) =>
      vi.spyOn(log, level).mockImplementation((fields: unknown) => void logged.push(fields)),
    );
    mend = () => void Object.assign(database, { db });
    return () => {
      mend();
      for (const spy of spies) spy.mockRestore();
    };
  });

  const failing = new Proxy(
    {},
    {
      get: (_target, name) => {
        // A promise would be taken for one that is waited for.
        if (name === 'then') return undefined;
        throw new Error(told);
      },
    },
  );

  it.each(
    cases(),
  )('%s: the API’s own error, nothing of the inside, and the cause in the log', async (_name, one) => {
    const { api } = one;
    for (const credential of [testCaller.key, testCaller.session]) {
      const headers = waysToSend(api, credential)[0] ?? {};
      const body = await sampleBody(app, one, testCaller);
      // The credential is known by heart; what it asks for is not.
      await app.services.credentials.authenticate(credential);
      Object.assign(app.services.database, { db: failing });
      const answer = await call(app, one, { headers: { ...headers, 'x-request-id': 'the-one' }, body });
      mend();
      expect(answer.text ?? '').not.toMatch(/SELECT|passwordHash|\/srv|node_modules|Proxy/);
      if (answer.status >= 400)
        expect(api.errors.bodySchema.safeParse(answer.body)).toMatchObject({ success: true });
      if (answer.status !== api.errors.table.INTERNAL.status) continue;
      expect(logged).toContainEqual(
        expect.objectContaining({ requestId: 'the-one', err: expect.objectContaining({ message: told }) }),
      );
    }
  });
});
