import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailer, type Mailer } from '../../../src/platform/mail/mailer.ts';
import { anyDataDir, mail, openLog, openPostbox, type Postbox } from './support.ts';

let postbox: Postbox;
let mailer: Mailer;
beforeEach(async () => {
  postbox = await openPostbox();
  const config = { smtpUrl: postbox.url, mailFrom: 'noreply@miransas.com', dataDir: anyDataDir() };
  mailer = createMailer({ config, log: openLog().log });
});
afterEach(async () => {
  await mailer.drain(1000);
  await postbox.close();
});

const headersOf = (raw: string) => raw.slice(0, raw.search(/\r?\n\r?\n/)).replace(/\r?\n[ \t]+/g, ' ');

describe('an address', () => {
  it.each([
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com\nBcc: eve@example.com',
    'ada@example.com, eve@example.com',
    'ada@example.com; eve@example.com',
    'eve@example.com <ada@example.com>',
    '<eve@example.com>',
    'ada@example.com>\r\nRCPT TO:<eve@example.com',
    '"ada\r\n"@example.com',
    'group: ada@example.com, eve@example.com;',
    'ada@example.com (eve@example.com)',
    'ada@@example.com',
    'ada',
    '',
    '@example.com',
    'ada@example.com\u0000',
    'ada@example.com\u2028Bcc: eve@example.com',
    'a'.repeat(65).concat('@example.com'),
  ])('%j that is not exactly one gets no mail', async (to) => {
    mailer.send({ ...mail, to });
    await mailer.drain(2000);
    expect(postbox.received).toEqual([]);
  });

  it.each([
    'ada@example.com',
    "o'brien+tag=1@sub.example.com",
    'ä@example.com',
    'x@münchen.example',
  ])('%s gets its mail', async (to) => {
    mailer.send({ ...mail, to });
    await mailer.drain(2000);
    expect(postbox.received.map((received) => received.to.length)).toEqual([1]);
  });
});

describe('a subject', () => {
  it.each([
    'Hello\r\nBcc: eve@example.com',
    'Hello\nBcc: eve@example.com',
    'Hello\rBcc: eve@example.com',
    'Hello\u0085Bcc: eve@example.com',
    'Hello\u2028Bcc: eve@example.com',
    'Hello\r\n\r\n<script>body</script>',
    'ü\r\nBcc: eve@example.com',
  ])('%j adds no header', async (subject) => {
    mailer.send({ ...mail, subject });
    await mailer.drain(2000);
    expect(postbox.received).toHaveLength(1);
    const [received] = postbox.received;
    expect(received?.to).toEqual(['ada@example.com']);
    expect(headersOf(received?.raw ?? '')).not.toMatch(/^bcc:/im);
    expect(headersOf(received?.raw ?? '')).not.toMatch(/^<script>/im);
  });

  it('of any kind leaves the headers as they are', async () => {
    const names = (raw: string) => headersOf(raw).match(/^[\w-]+(?=:)/gm);
    mailer.send(mail);
    await expect.poll(() => postbox.received.length).toBe(1);
    const expected = names(postbox.received[0]?.raw ?? '');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (subject) => {
        const before = postbox.received.length;
        mailer.send({ ...mail, subject: `${subject}x` });
        await expect.poll(() => postbox.received.length).toBe(before + 1);
        expect(names(postbox.received.at(-1)?.raw ?? '')).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});
