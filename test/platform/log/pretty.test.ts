import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../../src/platform/log/log.ts';
import { createOutput } from '../../../src/platform/log/output.ts';

type Format = 'pretty' | 'json' | undefined;

function open(logFormat: Format, isTerminal: boolean) {
  let text = '';
  const destination = {
    write(line: string) {
      text += line;
    },
  };
  const log = createLog({ logLevel: 'info', logFormat }, destination, isTerminal);
  return { log, text: () => text };
}

const isJson = (text: string) => text.startsWith('{');

describe('the log', () => {
  it.each<[Format, boolean, boolean]>([
    [undefined, false, true],
    [undefined, true, false],
    ['pretty', false, false],
    ['json', true, true],
  ])('with LOG_FORMAT %s, on a terminal: %s, is JSON: %s', (format, isTerminal, json) => {
    const { log, text } = open(format, isTerminal);
    log.info({ status: 200 }, 'request');
    expect(isJson(text())).toBe(json);
  });

  it('for people is one line with the time, the level, the message and the fields', () => {
    const { log, text } = open('pretty', false);
    log.info({ status: 200, route: '/health' }, 'request');
    expect(text()).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: request \{"status":200,"route":"\/health"\}\n$/);
  });

  it('has colors on a terminal only', () => {
    const color = '\u001b[';
    const onTerminal = open(undefined, true);
    onTerminal.log.info('x');
    expect(onTerminal.text()).toContain(color);
    const inFile = open('pretty', false);
    inFile.log.info('x');
    expect(inFile.text()).not.toContain(color);
  });

  it('for people tells no secret either, not even in an error', () => {
    const { log, text } = open('pretty', false);
    log.child({ token: 'hunter2' }).info({ password: 'hunter2' }, 'x');
    log.error({ err: Object.assign(new Error('broken'), { apiKey: 'hunter2' }) }, 'y');
    expect(text()).not.toContain('hunter2');
    expect(text()).toContain('broken');
  });

  it('for people has no line or color that a caller wrote', () => {
    const { log, text } = open('pretty', false);
    log.info({ requestId: 'x\n[00:00:00] INFO: made up \u001b[31m' }, 'request');
    expect(text().trimEnd().split('\n')).toHaveLength(1);
    expect(text()).not.toContain('\u001b');
  });

  it('for people writes a warning at once, like JSON', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-log-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'log');
    const log = createLog({ logLevel: 'info', logFormat: 'pretty' }, createOutput(file));
    log.info('before');
    expect(readFileSync(file, 'utf8')).toBe('');
    log.warn('careful');
    expect(readFileSync(file, 'utf8')).toMatch(/INFO: before\n.*WARN: careful\n$/);
  });
});
