import type { Services } from './graph/core/services.ts';
import { eraseDueAccounts, purgeOldSessions } from './graph/identity/deletion/due.ts';
import { eraseUnusedAccounts } from './graph/identity/deletion/unused.ts';
import { purgeOldSecurityEvents } from './graph/identity/security/events.ts';
import { purgeSentNotices, sendDueNoticesSoon } from './graph/identity/security/notices.ts';
import { normaliseAllTexts } from './graph/storedTexts.ts';
import { purgeOutbox } from './platform/mail/outbox.ts';

const firstAfterMs = 60_000;
const everyMs = 3600_000;
/** Notices that were collected wait for their hour to end. */
const noticesEveryMs = 60_000;

/** Starts what has to be done now and then, on every instance; answers the way to stop it. */
export function startJobs(services: Services): () => void {
  let isStopping = false;
  const run = () => {
    services.background.run('normalise texts', () => normaliseAllTexts(services, () => isStopping));
    services.background.run('erase accounts that are due', () => eraseDueAccounts(services));
    services.background.run('purge old sessions', () => purgeOldSessions(services));
    services.background.run('purge sent notices', () => purgeSentNotices(services));
    services.background.run('erase unused accounts', () => eraseUnusedAccounts(services));
    services.background.run('purge old security events', () => purgeOldSecurityEvents(services));
    services.background.run('purge old mails', () => purgeOutbox(services.config));
  };
  // Soon after the start as well: a server that is restarted every hour must not put it off for ever.
  const first = setTimeout(run, firstAfterMs);
  const interval = setInterval(run, everyMs);
  const notices = setInterval(() => sendDueNoticesSoon(services), noticesEveryMs);
  first.unref();
  interval.unref();
  notices.unref();
  return () => {
    isStopping = true;
    clearTimeout(first);
    clearInterval(interval);
    clearInterval(notices);
  };
}
