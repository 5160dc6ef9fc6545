import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensureAdministrator } from './admin/ensureAdministrator.ts';
import { type Config, ConfigError, findMisspellings, loadEnvironment, parseConfig } from './config/config.ts';
import { weaknessOf } from './config/weakSecret.ts';
import { createLog, type Log } from './platform/log/log.ts';
import { apis } from './rest/apis/index.ts';
import { assemble } from './server.ts';
import { serverVersion } from './version.ts';

const stopWithinMs = 30_000;

function printWhereabouts(config: Config, port: number): void {
  const origin = `http://localhost:${port}`;
  const lines: [string, string][] = [
    ['Start here', `${origin}/`],
    ['GraphQL and GraphiQL', `${origin}/graphql`],
    ...apis.map((api): [string, string] => [
      api.title,
      `${origin}/${api.name}  or  http://${api.name}.localhost:${port}`,
    ]),
    ['API reference', `${origin}/docs`],
    ['Health and metrics', `${origin}/health  ${origin}/metrics`],
    ['Database', config.databaseEngine === 'sqlite' ? config.databaseUrl : 'PostgreSQL'],
    ['Mails', config.smtpUrl ? 'sent by SMTP' : `${config.dataDir}/outbox`],
  ];
  const width = Math.max(...lines.map(([what]) => what.length));
  console.log(
    `\nLatchkey ${serverVersion} listens on port ${port}\n${lines.map(([what, where]) => `  ${what.padEnd(width)}  ${where}`).join('\n')}\n`,
  );
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Warns of settings that are allowed, and probably a mistake. */
function warnOfSettings(config: Config, env: NodeJS.ProcessEnv, log: Log): void {
  for (const { written, meant } of findMisspellings(env))
    log.warn(`${written} is not a variable of Latchkey; did you mean ${meant}?`);
  const weakness = config.secretKey === undefined ? undefined : weaknessOf(config.secretKey);
  if (weakness) log.warn(`SECRET_KEY ${weakness}; make one with "openssl rand -hex 32"`);
  const missing = [config.publicUrl ? '' : 'PUBLIC_URL', config.smtpUrl ? '' : 'SMTP_URL'].filter(Boolean);
  if (!isLoopback(config.host) && missing.length > 0) {
    const advice = 'set it before others use this server: mails would not arrive, or lead to localhost';
    log.warn(`HOST lets other machines connect, without ${missing.join(' and ')}; ${advice}`);
  }
}

/** The variables behind the errors of `listen`, and what is wrong with them. */
const listenProblems: Readonly<Record<string, [string, string]>> = {
  EADDRINUSE: ['PORT', 'names a port that another process listens on'],
  EACCES: ['PORT', 'names a port that this user may not listen on'],
  EADDRNOTAVAIL: ['HOST', 'is no address of this machine'],
  ENOTFOUND: ['HOST', 'is an unknown name'],
};

/** Listens; throws ConfigError when the address cannot be used. */
function listen(http: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const [variable, problem] = listenProblems[error.code ?? ''] ?? [];
      const isKnown = variable !== undefined && problem !== undefined;
      reject(isKnown ? new ConfigError(variable, `${problem} (${error.code} ${host}:${port})`) : error);
    });
    http.listen(port, host, resolve);
  });
}

async function main(): Promise<void> {
  const env = loadEnvironment();
  const config = parseConfig(env);
  const log = createLog(config);
  warnOfSettings(config, env, log);
  const server = await assemble(config, log);
  await ensureAdministrator(config, server.services);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    server.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  // Before it listens: a signal that came right after would end the process without an answer to what came in.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await listen(server.http, config);
  printWhereabouts(config, (server.http.address() as AddressInfo).port);
  // Afterwards: a mail server that is down must not hold up the start.
  void server.services.mailer.check();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
