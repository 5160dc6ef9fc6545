import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, type Mailer } from '../../../src/platform/mail/mailer.ts';
import { createMetrics } from '../../../src/platform/metrics/metrics.ts';
import { anyDataDir, findLeaks, mail, openLog, openPostbox, type Postbox } from './support.ts';

let postbox: Postbox;
let mailer: Mailer;
afterEach(async () => {
  await mailer.drain(1000);
  await postbox.close();
});

function open(smtpUrl: string, options: { maxPending?: number; maxTries?: number } = {}) {
  const { log, lines } = openLog();
  const metrics = createMetrics();
  const config = { smtpUrl, mailFrom: 'Latchkey <noreply@miransas.com>', dataDir: anyDataDir() };
  mailer = createMailer({ config, log, metrics, firstPauseMs: 20, ...options });
  const outcomes = async () => {
    const { values } = await metrics.mailOutcome.get();
    return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]));
  };
  return { lines, outcomes };
}

describe('with an SMTP server', () => {
  it('a mail arrives whole, and the log tells neither code nor link nor address', async () => {
    postbox = await openPostbox();
    const { lines, outcomes } = open(postbox.url);
    mailer.send(mail);
    expect(mailer.pending()).toBe(1);
    await expect.poll(() => mailer.pending()).toBe(0);
    const [received] = postbox.received;
    expect(received).toMatchObject({ from: 'noreply@miransas.com', to: ['ada@example.com'] });
    expect(received?.raw).toMatch(/^From: Latchkey <noreply@miransas\.com>\r?$/m);
    expect(received?.raw).toMatch(/^To: ada@example\.com\r?$/m);
    expect(received?.raw).toMatch(/^Subject: Confirm your address\r?$/m);
    expect(received?.raw).toContain('https://example.com/verify?token=s3cr3t-t0k3n');
    expect(received?.raw).toContain('multipart/alternative');
    expect(lines()).toContain('mail delivered');
    expect(findLeaks(lines())).toEqual([]);
    expect(await outcomes()).toEqual({ delivered: 1 });
  });

  it('that takes seven bits and short lines only, other texts are encoded', async () => {
    postbox = await openPostbox();
    open(postbox.url);
    mailer.send({ ...mail, text: `Grüße ${'x'.repeat(2000)}` });
    mailer.send({ ...mail, text: '.\r\nQUIT\r\n.' });
    await mailer.drain(5000);
    expect(postbox.received).toHaveLength(2);
    const raw = postbox.received.map((received) => received.raw).join();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: seven bits is what it is about
    expect(raw).toMatch(/^[\u0000-\u007f]*$/);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
    expect(raw).toContain('\r\n.\r\nQUIT\r\n.');
  });

  it('that fails twice first, the mail arrives once, at the third try', async () => {
    postbox = await openPostbox((n) => (n < 3 ? 451 : undefined));
    const { lines, outcomes } = open(postbox.url);
    mailer.send(mail);
    await expect.poll(() => postbox.received.length).toBe(1);
    await expect.poll(() => mailer.pending()).toBe(0);
    expect(postbox.tries()).toBe(3);
    expect(findLeaks(lines())).toEqual([]);
    expect(await outcomes()).toEqual({ retried: 2, delivered: 1 });
  });

  it('that goes on failing, the mail is dropped after five tries', async () => {
    postbox = await openPostbox(() => 451);
    const { lines, outcomes } = open(postbox.url);
    mailer.send(mail);
    await expect.poll(() => mailer.pending()).toBe(0);
    expect(postbox.tries()).toBe(5);
    expect(lines()).toContain('dropped');
    expect(findLeaks(lines())).toEqual([]);
    expect(await outcomes()).toEqual({ retried: 4, failed: 1 });
  });

  it('that refuses for good, the mail is not tried again', async () => {
    postbox = await openPostbox(() => 550);
    open(postbox.url);
    mailer.send(mail);
    await expect.poll(() => mailer.pending()).toBe(0);
    expect(postbox.tries()).toBe(1);
  });

  it('a flood is bounded, and what was taken arrives', async () => {
    postbox = await openPostbox();
    const { outcomes } = open(postbox.url, { maxPending: 20 });
    for (let i = 0; i < 100; i++) mailer.send({ ...mail, to: `user${i}@example.com` });
    expect(mailer.pending()).toBe(20);
    await mailer.drain(5000);
    expect(postbox.received.map(({ to }) => to[0])).toHaveLength(20);
    expect(await outcomes()).toEqual({ overflow: 80, delivered: 20 });
  });
});

describe('when the server stops', () => {
  it('drain waits for the mails, without the pauses between tries', async () => {
    postbox = await openPostbox((n) => (n === 1 ? 451 : undefined));
    const { log } = openLog();
    const config = { smtpUrl: postbox.url, mailFrom: 'a@b.example', dataDir: anyDataDir() };
    mailer = createMailer({ config, log, firstPauseMs: 3_600_000 });
    mailer.send(mail);
    await expect.poll(() => postbox.tries()).toBe(1);
    await mailer.drain(5000);
    expect(postbox.received).toHaveLength(1);
    expect(mailer.pending()).toBe(0);
  });

  it('drain gives up after its time on a server that is silent', async () => {
    postbox = await openPostbox();
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { lines } = open(`smtp://127.0.0.1:${port}`);
    mailer.send(mail);
    const startMs = performance.now();
    await mailer.drain(200);
    expect(performance.now() - startMs).toBeLessThan(8000);
    expect(lines()).toContain('lost');
    silent.close();
  });

  it('nobody listens: the mail is tried again, and drain ends soon', async () => {
    postbox = await openPostbox();
    const { outcomes } = open('smtp://127.0.0.1:1');
    mailer.send(mail);
    await mailer.drain(5000);
    expect(await outcomes()).toMatchObject({ failed: 1 });
  });
});
