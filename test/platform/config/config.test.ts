import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, findMisspellings, parseConfig } from '../../../src/config/config.ts';

function errorOf(env: Record<string, string>): ConfigError {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(env)}`);
}

describe('defaults', () => {
  it('are those of the design', () => {
    expect(parseConfig({})).toMatchObject({
      port: 4000,
      host: '0.0.0.0',
      databaseUrl: `file:${resolve('data/latchkey.db')}`,
      databaseEngine: 'sqlite',
      redisUrl: undefined,
      dataDir: resolve('data'),
      secretKey: undefined,
      publicUrl: undefined,
      smtpUrl: undefined,
      mailFrom: undefined,
      googleIssuer: 'https://accounts.google.com',
      registrationMode: 'open',
      rootApi: 'binboi',
      trustProxy: false,
      disableRateLimit: false,
      tunnelPort: 8081,
      tunnelDomain: 'tunnel.localhost',
      logLevel: 'info',
      openbin: {
        isSelfHosted: true,
        deletionGraceDays: 30,
        maxPhotoBytes: 5 * 1024 * 1024,
        maxBulkSelection: 200,
      },
      ai: { isMock: false, maxPerMinute: 15, maxPerHour: 100, maxPerDay: 200, maxConcurrentPerUser: 4 },
    });
  });

  it('hold for empty values, which compose files pass for unset ones', () => {
    expect(parseConfig({ PORT: '', REDIS_URL: ' ', DISABLE_RATE_LIMIT: '' })).toEqual(parseConfig({}));
  });

  it('put the database into DATA_DIR', () => {
    expect(parseConfig({ DATA_DIR: '/var/lib/latchkey' }).databaseUrl).toBe(
      'file:/var/lib/latchkey/latchkey.db',
    );
  });
});

describe('values', () => {
  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('DISABLE_RATE_LIMIT=%s is %s', (text, expected) => {
    expect(parseConfig({ DISABLE_RATE_LIMIT: text }).disableRateLimit).toBe(expected);
  });

  it.each([
    ['true', true],
    ['false', false],
    ['0', false],
    ['1', 1],
    ['3', 3],
  ])('TRUST_PROXY=%s is %s', (text, expected) => {
    expect(parseConfig({ TRUST_PROXY: text }).trustProxy).toBe(expected);
  });

  it.each(['postgresql://u:p@db/x', 'postgres://db/x'])('%s chooses PostgreSQL', (url) => {
    expect(parseConfig({ DATABASE_URL: url })).toMatchObject({
      databaseUrl: url,
      databaseEngine: 'postgresql',
    });
  });

  it('map hosts to APIs in lower case, without inherited names', () => {
    const { apiHosts } = parseConfig({ API_HOSTS: 'API.binboi.com=binboi, my.vpn.bingo=bingo,' });
    expect({ ...apiHosts }).toEqual({ 'api.binboi.com': 'binboi', 'my.vpn.bingo': 'bingo' });
    expect(apiHosts.constructor).toBeUndefined();
    expect(parseConfig({}).apiHosts.toString).toBeUndefined();
  });

  it('take OpenBin’s BASE_URL and DATABASE_PATH where ours are not set', () => {
    const config = parseConfig({ BASE_URL: 'https://bins.example/', DATABASE_PATH: '/tmp/a.db' });
    expect(config).toMatchObject({ publicUrl: 'https://bins.example', databaseUrl: 'file:/tmp/a.db' });
    expect(parseConfig({ BASE_URL: 'https://a', PUBLIC_URL: 'https://b' }).publicUrl).toBe('https://b');
  });

  it('read the administrator’s password from a file, without its last line break', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'latchkey-')), 'password');
    writeFileSync(path, ' pass word \n');
    expect(parseConfig({ ADMIN_PASSWORD_FILE: path }).adminPassword).toBe(' pass word ');
    expect(parseConfig({ ADMIN_PASSWORD_FILE: path, ADMIN_PASSWORD: 'direct' }).adminPassword).toBe('direct');
  });

  it('keep environment AI settings for each task group', () => {
    const { ai } = parseConfig({ AI_PROVIDER: 'openai', AI_VISION_PROVIDER: 'gemini', AI_VISION_MODEL: 'm' });
    expect(ai.default.provider).toBe('openai');
    expect(ai.vision).toMatchObject({ provider: 'gemini', model: 'm' });
    expect(ai.quickText.provider).toBeUndefined();
  });

  it('cannot be changed', () => {
    const config = parseConfig({});
    expect(
      Object.isFrozen(config) && Object.isFrozen(config.openbin) && Object.isFrozen(config.apiHosts),
    ).toBe(true);
  });
});

describe('a wrong value stops the start', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', '4000x'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['HOST', 'http://x'],
    ['DATABASE_URL', 'mysql://u:hunter2@db/x'],
    ['DATABASE_URL', 'file:'],
    ['REDIS_URL', 'localhost:6379'],
    ['SECRET_KEY', 'short-secret'],
    ['PUBLIC_URL', 'example.com'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['SMTP_URL', 'http://user:hunter2@mail'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@b.c\r\nBcc: x@y.z'],
    ['GOOGLE_JWKS_URL', 'file:///etc/passwd'],
    ['REGISTRATION_MODE', 'OPEN'],
    ['ADMIN_EMAIL', 'admin'],
    ['ADMIN_PASSWORD_FILE', '/nowhere/at/all'],
    ['API_HOSTS', 'a.com=nobody'],
    ['API_HOSTS', 'a.com'],
    ['API_HOSTS', 'a.com:80=bingo'],
    ['API_HOSTS', 'a.com=bingo,A.com=binboi'],
    ['ROOT_API', 'bin'],
    ['TRUST_PROXY', 'yes'],
    ['DISABLE_RATE_LIMIT', 'TRUE'],
    ['TUNNEL_PORT', 'x'],
    ['TUNNEL_DOMAIN', '*.example.com'],
    ['LOG_LEVEL', 'verbose'],
    ['NODE_ENV', 'prod'],
    ['DELETION_GRACE_PERIOD_DAYS', '91'],
    ['AI_VISION_PROVIDER', 'skynet'],
  ])('%s=%s', (name, value) => {
    const error = errorOf({ [name]: value });
    expect(error.variable).toBe(name);
    expect(error.message).toMatch(new RegExp(`^${name} [a-z].*\\.$`));
    expect(error.message).not.toContain('hunter2');
    if (value.length > 7) expect(error.message).not.toContain(value);
  });
});

describe('mistakes', () => {
  it('are reported together, one line each', () => {
    const { message, problems } = errorOf({
      PORT: 'x',
      REDIS_URL: 'nope',
      LOG_LEVEL: 'loud',
      HOST: 'localhost',
    });
    expect(problems.map(({ variable }) => variable)).toEqual(['PORT', 'REDIS_URL', 'LOG_LEVEL']);
    expect(message.split('\n')).toEqual([
      'PORT must be a whole number from 0 to 65535.',
      'REDIS_URL must be a URL starting with redis:// or rediss://.',
      expect.stringMatching(/^LOG_LEVEL must be one of /),
    ]);
  });

  it.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['PUBLIC_URI', 'PUBLIC_URL'],
    ['SMPT_URL', 'SMTP_URL'],
    ['SECRET_KEYS', 'SECRET_KEY'],
  ])('in a name are found: %s was to be %s', (written, meant) => {
    expect(findMisspellings({ [written]: 'x', [meant]: 'x' })).toEqual([{ written, meant }]);
  });

  it('are not what other programs have in the environment', () => {
    const others = [
      'PATH',
      'HOME',
      'POST',
      'HOSTNAME',
      'LOGNAME',
      'npm_config_loglevel',
      'DATABASE',
      'LANG',
      'SHLVL',
    ];
    expect(findMisspellings(Object.fromEntries(others.map((name) => [name, 'x'])))).toEqual([]);
  });
});
