import express from 'express';
import supertest from 'supertest';
import { expect, it, vi } from 'vitest';
import type { Database } from '../../src/platform/database/database.ts';
import { answerHealth } from '../../src/web/operations.ts';

const ready = (ping: () => Promise<void>, draining = false) => {
  const app = express();
  app.get('/health', (_req, res) => answerHealth(res, 'ready', { ping } as Database, draining));
  return supertest(app).get('/health');
};

it('says 503 while the database refuses, and while it is silent', async () => {
  const refused = await ready(() => Promise.reject(new Error('refused')));
  expect(refused).toMatchObject({ status: 503, body: { status: 'database does not answer' } });
  const silent = await ready(() => new Promise(() => {}));
  expect(silent).toMatchObject({ status: 503, body: { status: 'database does not answer' } });
});

it('leaves no rejection behind that would end the process while it drains', async () => {
  const rejected = vi.fn();
  process.on('unhandledRejection', rejected);
  try {
    const draining = await ready(async () => {}, true);
    expect(draining).toMatchObject({ status: 503, body: { status: 'draining' } });
    // Longer than the answer of the database is waited for.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(rejected).not.toHaveBeenCalled();
  } finally {
    process.off('unhandledRejection', rejected);
  }
});
