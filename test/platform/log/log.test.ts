import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/platform/log/log.ts';

function open(logLevel: 'info' | 'silent' = 'info') {
  let text = '';
  const log = createLog(
    { logLevel },
    {
      write(line: string) {
        text += line;
      },
    },
  );
  return { log, text: () => text };
}

const NAMES = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'X-API-Key',
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'accessToken',
  'refresh_token',
  'refreshToken',
  'code',
  'secret',
  'apiKey',
];

describe('the log', () => {
  it.each(NAMES)('tells no %s, at any of the usual depths', (name) => {
    const { log, text } = open();
    let value: Record<string, unknown> = { [name]: 'hunter2' };
    for (let depth = 0; depth < 6; depth++) {
      log.info(value, 'line');
      value = { wrapper: value, other: depth };
    }
    log.info({ list: [{ [name]: 'hunter2' }] });
    log.child({ [name]: 'hunter2' }).info('bound');
    log.error({ err: Object.assign(new Error('failed'), { request: { headers: { [name]: 'hunter2' } } }) });
    expect(text()).not.toContain('hunter2');
    expect(text().trim().split('\n')).toHaveLength(9);
  });

  it('tells what is no secret, and does not change what it was given', () => {
    const { log, text } = open();
    const given = {
      route: '/api/tokens/:id',
      tokenId: 'tok_1',
      nested: { password: 'hunter2', name: 'Ada' },
    };
    log.info(given, 'request');
    expect(given.nested.password).toBe('hunter2');
    expect(JSON.parse(text())).toMatchObject({
      msg: 'request',
      route: '/api/tokens/:id',
      tokenId: 'tok_1',
      nested: { password: '[redacted]', name: 'Ada' },
    });
  });

  it('keeps the code of an error, which is a name and no secret', () => {
    const { log, text } = open();
    log.error({ err: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
    expect(JSON.parse(text()).err).toMatchObject({ type: 'Error', message: 'refused', code: 'ECONNREFUSED' });
  });

  it('writes any value on one line', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (value, message) => {
        const { log, text } = open();
        log.info({ value }, message);
        expect(text().trimEnd().split('\n')).toHaveLength(1);
        expect(() => JSON.parse(text())).not.toThrow();
      }),
    );
  });

  it('tells no secret in a URL', () => {
    const { log, text } = open();
    const url = 'https://example.com/verify?email=a%40b.c&token=hunter2&code=hunter2#x';
    log.info({ url, err: new Error(`GET ${url} failed`) });
    expect(text()).not.toContain('hunter2');
    expect(JSON.parse(text()).url).toBe(
      'https://example.com/verify?email=a%40b.c&token=[redacted]&code=[redacted]#x',
    );
  });

  it('tells no secret that an error carries, or its cause', () => {
    const { log, text } = open();
    const cause = Object.assign(new Error('inner'), { config: { headers: { Authorization: 'hunter2' } } });
    log.error({ err: new Error('outer', { cause }), failures: [cause] });
    log.error(cause);
    expect(text()).not.toContain('hunter2');
    expect(text()).toContain('caused by: Error: inner');
  });

  it('survives values that refer to themselves', () => {
    const { log, text } = open();
    const loop: Record<string, unknown> = { password: 'hunter2' };
    loop.self = loop;
    log.info({ loop });
    expect(text()).not.toContain('hunter2');
  });

  it('is silent when told so', () => {
    const { log, text } = open('silent');
    log.fatal('x');
    expect(text()).toBe('');
  });
});
