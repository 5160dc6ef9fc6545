import { createServer, type Server } from 'node:http';
import { type AppParts, createApp } from './app.ts';
import type { Config } from './config.ts';
import type { Services } from './graph/services.ts';
import { prototypesOf } from './http/prototypes.ts';
import { startJobs } from './jobs.ts';
import type { Log } from './platform/log/log.ts';
import { assemblePlatform } from './platformParts.ts';

/** A server with everything it stands on. */
export interface Running {
  readonly http: Server;
  readonly services: Services;
  /** Answers what has come in, refuses what is new, then lets go of everything. */
  stop(): Promise<void>;
}

/** How trusted documents run and answers are checked; see `AppParts`. */
export type AssembleOptions = Pick<AppParts, 'executor' | 'verifyAnswers'>;

/** Migrates the database and puts the server together; it does not listen yet. */
export async function assemble(config: Config, log: Log, options: AssembleOptions = {}): Promise<Running> {
  const { metrics, services, limiters, close } = await assemblePlatform(config, log);
  const stopJobs = startJobs(services);
  let draining = false;
  const app = createApp({ config, log, metrics, services, limiters, draining: () => draining, ...options });
  const http = createServer(prototypesOf(app), app);

  return {
    http,
    services,
    async stop() {
      draining = true;
      // A subscription ends only when somebody ends it.
      services.vpn.nodeChanges.close();
      stopJobs();
      const closed = new Promise<void>((resolve) => {
        if (http.listening) http.close(() => resolve());
        else resolve();
      });
      // Kept connections would hold the close up for as long as their clients like.
      http.closeIdleConnections();
      const sweep = setInterval(() => http.closeIdleConnections(), 50);
      await closed;
      clearInterval(sweep);
      await close();
    },
  };
}
