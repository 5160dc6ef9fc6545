import { describe, expect, it } from 'vitest';
import { createMailer } from '../../../src/platform/mail/mailer.ts';
import { anyDataDir, openLog, openPostbox } from './support.ts';

describe('the check of the server', () => {
  it('is silent when the server takes mails, and sends none', async () => {
    const postbox = await openPostbox();
    const { log, lines } = openLog();
    const config = { smtpUrl: postbox.url, mailFrom: undefined, dataDir: anyDataDir() };
    const mailer = createMailer({ config, log });
    await mailer.check();
    expect(lines()).toBe('');
    expect(postbox.tries()).toBe(0);
    await mailer.drain(1000);
    await postbox.close();
  });

  it('names SMTP_URL and the host when it does not, and no password', async () => {
    const { log, lines } = openLog();
    const config = { smtpUrl: 'smtp://user:hunter2@127.0.0.1:1', mailFrom: undefined, dataDir: anyDataDir() };
    await createMailer({ config, log }).check();
    expect(lines()).toContain('SMTP_URL: 127.0.0.1:1 cannot be reached (ESOCKET)');
    expect(lines()).not.toContain('hunter2');
  });
});
