import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMailer } from '../../../src/platform/mail/mailer.ts';
import { anyDataDir, findLeaks, mail, openLog } from './support.ts';

function open() {
  const dataDir = anyDataDir();
  const { log, lines } = openLog();
  const config = { smtpUrl: undefined, mailFrom: 'noreply@miransas.com', dataDir };
  return {
    mailer: createMailer({ config, log, firstPauseMs: 5 }),
    folder: join(dataDir, 'outbox'),
    dataDir,
    lines,
  };
}

describe('without an SMTP server', () => {
  it('a mail becomes a file that only its owner can read, and the log names it', async () => {
    const { mailer, folder, lines } = open();
    mailer.send(mail);
    await mailer.drain(5000);
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    const [name = ''] = files;
    expect(name).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{8}\.eml$/);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(lines()).toContain(join(folder, name));
    expect(findLeaks(lines())).toEqual([]);
    const content = readFileSync(join(folder, name), 'utf8');
    expect(content).toMatch(/^To: ada@example\.com\r$/m);
    expect(content).toContain('Your code is 424242.');
    expect(content).toContain('https://example.com/verify?token=s3cr3t-t0k3n');
  });

  it('a long link is on one line, whatever else the mail says', async () => {
    const { mailer, folder } = open();
    const link = `https://example.com/verify?token=${'0123456789abcdef'.repeat(12)}&email=a%40b.example`;
    mailer.send({ ...mail, text: `Grüße\n\n${link}\nEnde`, html: `<a href="${link}">ü</a>` });
    await mailer.drain(5000);
    const content = readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
    expect(content).toContain(`\r\n${link}\r\nEnde`);
    expect(content).toContain(`<a href="${link}">ü</a>`);
  });

  it('files sort as they were sent, and none is half written', async () => {
    const { mailer, folder } = open();
    for (let i = 0; i < 50; i++) mailer.send({ ...mail, subject: `number ${i}` });
    await mailer.drain(10_000);
    const subjects = readdirSync(folder)
      .sort()
      .map((name) => /^Subject: (.*)\r$/m.exec(readFileSync(join(folder, name), 'utf8'))?.[1]);
    expect(subjects).toEqual(Array.from({ length: 50 }, (_, i) => `number ${i}`));
  });

  it('a folder that was open to others is closed', async () => {
    const { mailer, folder } = open();
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    mailer.send(mail);
    await mailer.drain(5000);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('a disk that fails stops nobody', async () => {
    const { mailer, folder, dataDir, lines } = open();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    expect(() => mailer.send(mail)).not.toThrow();
    await mailer.drain(5000);
    expect(mailer.pending()).toBe(0);
    expect(lines()).toContain('mail failed and is dropped');
  });
});
