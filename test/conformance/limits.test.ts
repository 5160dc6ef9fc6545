import { describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { useApp } from '../support/app.ts';
import { call, cases } from './support/routes.ts';

const state = { allowed: true, limit: 10, remaining: 9, resetAtMs: Date.now(), retryAfterSeconds: 0 };

const app = useApp({ DISABLE_RATE_LIMIT: 'false' });

describe('every route has a limit', () => {
  it.each(cases())('%s: a rule applies, and its headers are on the answer', async (_name, one) => {
    const { limits } = one.api;
    if (limits.unlimited?.includes(`${one.route.method} ${one.route.path}`)) return;
    const rule = limits.rules.find((candidate) => candidate.appliesTo(one.route, null));
    if (!rule) throw new Error('no rule applies');
    expect(rule.points).toBeGreaterThan(0);
    expect(rule.windowSeconds).toBeGreaterThan(0);
    const { status, headers } = await call(app, one);
    expect(status).toBeGreaterThanOrEqual(200);
    for (const name of Object.keys(limits.headers(state, rule))) {
      expect(headers[name.toLowerCase()], name).toMatch(/\S/);
    }
  });
});

describe.each(apis.map((api) => [api.name, api] as const))('%s', (_name, { limits }) => {
  it('shares a count only between rules that agree about it', () => {
    const byName = new Map<string, string>();
    for (const { name, points, windowSeconds } of limits.rules) {
      const meaning = `${points} in ${windowSeconds} s`;
      expect(byName.get(name) ?? meaning).toBe(meaning);
      byName.set(name, meaning);
    }
  });

  it('counts unknown paths, if it does, by a rule that it has', () => {
    if (limits.unknownCountsAs === undefined) return;
    expect(limits.rules.map(({ name }) => name)).toContain(limits.unknownCountsAs);
  });
});
