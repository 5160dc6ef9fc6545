import autocannon from 'autocannon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts';

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess({ LOG_LEVEL: 'error' });
});
afterAll(() => server.stop());

const post = (body: string) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
const ask = (query: string) => post(JSON.stringify({ query }));

/** Resident memory of the server in MB. */
async function residentMegabytes(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]) / 2 ** 20;
}

/** Another document each time, with as many tokens as fit: comments count as none against the token limit. */
const hostile = (index: number, bytes: number) =>
  `${`#${index}\n`.repeat(Math.floor((bytes - 20) / (String(index).length + 2)))}{__typename}`;

async function send(from: number, to: number, bytes: number): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let index = from; index < to; index++) {
    const response = await ask(hostile(index, bytes));
    await response.text();
    statuses.add(response.status);
  }
  return statuses;
}

describe('A flood of documents', () => {
  it.each([
    ['that are just small enough', 19_990, 200],
    ['that are too large', 660_000, 400],
  ])('%s does not fill the memory', async (_which, bytes, status) => {
    await send(0, 100, bytes);
    const before = await residentMegabytes();
    expect(await send(100, 200, bytes)).toEqual(new Set([status]));
    expect((await residentMegabytes()) - before).toBeLessThan(50);
  });

  it('that repeat one field until validation is slow leaves the other requests alone', async () => {
    const slow = (index: number) => `{ x${index}:__typename ${'viewer{id} '.repeat(480)}}`;
    await ask(slow(-1));
    let sent = 0;
    const flood = setInterval(() => void ask(slow(sent++)).then((response) => response.text()), 100);
    const { latency } = await autocannon({ url: `${server.url}/health/live`, connections: 1, duration: 3 });
    clearInterval(flood);
    expect(sent).toBeGreaterThan(20);
    expect(latency.p99).toBeLessThan(250);
  });

  it.each([
    [
      'unknown fields of an input',
      'mutation ($input: CreateBinInput!) { createBin(input: $input) { bin { id } } }',
      { input: Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`nam${index}`, 1])) },
    ],
    [
      'wrong values of a list',
      'query ($status: [TunnelStatus!]) { viewer { tunnels(status: $status) { nodes { id } } } }',
      { status: Array(80_000).fill('ACTIVEE') },
    ],
  ])('whose variables hold %s is told the first mistake, at once', async (_what, query, variables) => {
    const startedAt = performance.now();
    const response = await post(JSON.stringify({ query, variables }));
    const text = await response.text();
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(text.length).toBeLessThan(2000);
    expect(JSON.parse(text).errors).toHaveLength(1);
    expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_REQUEST');
  });

  it.each(['[', '{a:'])('nested too deeply by %s is the caller’s mistake', async (open) => {
    const response = await ask(`{ a(id: ${open.repeat(5000)}`);
    const [error] = (await response.json()).errors;
    expect(response.status).toBeLessThan(500);
    expect(error.extensions.code).toMatch(/^(BAD_REQUEST|GRAPHQL_PARSE_FAILED)$/);
  });

  it('is counted before it is parsed, also when it is refused, and does not fill the memory after that', async () => {
    const broken = ['{', '{ nothing }', `{ ${'viewer{id} '.repeat(480)}}`, hostile(0, 660_000)];
    const remaining: number[] = [];
    for (const query of broken) {
      const { headers } = await ask(query);
      remaining.push(Number(headers.get('ratelimit-remaining')));
    }
    const [first = 0] = remaining;
    expect(remaining).toEqual([first, first - 1, first - 2, first - 3]);

    await autocannon({
      url: `${server.url}/graphql`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
      amount: first,
      connections: 10,
    });
    expect((await ask('{__typename}')).status).toBe(429);

    await send(0, 100, 660_000);
    const before = await residentMegabytes();
    // On a busy machine the window may end meanwhile; then the size is what the last ones are refused for.
    expect(await send(100, 200, 660_000)).toContain(429);
    expect((await residentMegabytes()) - before).toBeLessThan(50);
  });
});
