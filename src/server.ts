import { createServer, type Server } from 'node:http';
import { type AppParts, createApp } from './app.ts';
import { assemblePlatform, type BroughtParts } from './assemblePlatform.ts';
import type { Config } from './config/config.ts';
import type { Services } from './graph/core/services.ts';
import { vpnServices } from './graph/vpn/vpnServices.ts';
import { startJobs } from './jobs.ts';
import { prototypesOf } from './pipeline/prototypes.ts';
import { OpenResponses } from './pipeline/requestLog.ts';
import type { Limiters } from './platform/limiter/limiters.ts';
import type { Log } from './platform/log/log.ts';

/** A server with everything it stands on. */
export interface Running {
  readonly http: Server;
  readonly services: Services;
  readonly limiters: Limiters;
  /** Answers what has come in, refuses what is new, then lets go of everything. */
  stop(): Promise<void>;
}

/** How trusted documents run and answers are checked (see `AppParts`), what is brought along, and how long a stop waits for requests. */
export interface AssembleOptions extends Pick<AppParts, 'executor' | 'verifyAnswers'>, BroughtParts {
  readonly answerWithinMs?: number;
}

/** A client that never ends its request must not cost the others their mails, which are sent after the answers. */
const longestAnswerMs = 20_000;

/** Migrates the database and puts the server together; it does not listen yet. */
export async function assemble(config: Config, log: Log, options: AssembleOptions = {}): Promise<Running> {
  const { answerWithinMs = longestAnswerMs, hasher, ...how } = options;
  const { metrics, services, limiters, close } = await assemblePlatform(config, log, { hasher });
  const stopJobs = startJobs(services);
  const responses = new OpenResponses();
  const app = createApp({ config, log, metrics, services, limiters, responses, ...how });
  const http = createServer(prototypesOf(app), app);
  http.on('listening', () => {
    const address = http.address();
    if (address && typeof address === 'object') services.site.listensOn(address.port);
  });
  return {
    http,
    services,
    limiters,
    async stop() {
      responses.drain();
      // A subscription ends only when somebody ends it.
      vpnServices({ services }).nodeChanges.close();
      stopJobs();
      const closed = new Promise<void>((resolve) => {
        if (http.listening) http.close(() => resolve());
        else resolve();
      });
      // Kept connections would hold the close up for as long as their clients like.
      http.closeIdleConnections();
      const sweep = setInterval(() => http.closeIdleConnections(), 50);
      const end = setTimeout(() => http.closeAllConnections(), answerWithinMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(end);
      await close();
    },
  };
}
