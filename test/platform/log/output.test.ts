import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../../src/platform/log/log.ts';
import { createOutput } from '../../../src/platform/log/output.ts';
import { startChild } from '../../support/child.ts';

function openFile() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'log');
  const log = createLog({ logLevel: 'info' }, createOutput(file));
  const messages = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).msg as string);
  return { log, messages };
}

test('lines are gathered for a moment, and kept in order', async () => {
  const { log, messages } = openFile();
  log.info('one');
  log.info('two');
  expect(messages()).toEqual([]);
  await vi.waitFor(() => expect(messages()).toEqual(['one', 'two']), { timeout: 10_000, interval: 20 });
});

test('a warning is written at once, with all before it', () => {
  const { log, messages } = openFile();
  log.info('before');
  log.child({ part: 'x' }).warn('careful');
  expect(messages()).toEqual(['before', 'careful']);
  log.error('worse');
  expect(messages()).toEqual(['before', 'careful', 'worse']);
});

test('many lines do not wait', () => {
  const { log, messages } = openFile();
  for (let line = 0; line < 1000; line += 1) log.info(`line ${line}`);
  expect(messages().length).toBeGreaterThan(900);
});

test('a full disk ends nothing', () => {
  const log = createLog({ logLevel: 'info' }, createOutput('/dev/full'));
  const write = () => {
    for (let line = 0; line < 20_000; line += 1) log.info('x'.repeat(200));
    log.error('still there');
  };
  expect(write).not.toThrow();
});

const startLogging = (how: 'exit' | 'throw' | 'outlive-reader') =>
  startChild(new URL('./outputChild.ts', import.meta.url), how);

test.each([
  'exit',
  'throw',
] as const)('what was gathered is written when the process ends by %s', async (how) => {
  const child = startLogging(how);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await once(child, 'close');
  expect(text).toContain('last words');
});

test('a reader that goes away does not end the process', async () => {
  const child = startLogging('outlive-reader');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'exit');
  expect(code).toBe(7);
});
