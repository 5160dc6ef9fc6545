import { existsSync, readFileSync } from 'node:fs';
import { ConfigError } from './configError.ts';

/** Names that stand for others, with their descriptions. */
export const aliases = {
  BASE_URL: "OpenBin's name for `PUBLIC_URL`.",
  DATABASE_PATH: "OpenBin's name: `file:` and this path, unless `DATABASE_URL` is set.",
  ADMIN_PASSWORD_FILE: 'File that holds `ADMIN_PASSWORD`.',
} as const;

/**
 * The environment of the process, with what a file `.env` in the working directory adds to it. A variable
 * that is set already keeps its value.
 */
export function loadEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile();
  return process.env;
}

/** The variables that are set: a compose file passes those that are not as empty texts. */
export function readVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const isSet = (entry: [string, string | undefined]): entry is [string, string] => Boolean(entry[1]?.trim());
  return withPasswordFile(withAliases(Object.fromEntries(Object.entries(env).filter(isSet))));
}

/** OpenBin's names for two of ours. */
function withAliases({ BASE_URL, DATABASE_PATH, ...env }: Record<string, string>): Record<string, string> {
  if (BASE_URL !== undefined) env.PUBLIC_URL ??= BASE_URL;
  if (DATABASE_PATH !== undefined) env.DATABASE_URL ??= `file:${DATABASE_PATH}`;
  return env;
}

function withPasswordFile({ ADMIN_PASSWORD_FILE, ...env }: Record<string, string>): Record<string, string> {
  if (ADMIN_PASSWORD_FILE === undefined || env.ADMIN_PASSWORD !== undefined) return env;
  const password = tryReadText(ADMIN_PASSWORD_FILE)?.replace(/\r?\n$/, '');
  if (!password)
    throw new ConfigError('ADMIN_PASSWORD_FILE', 'must name a readable file that holds a password');
  return { ...env, ADMIN_PASSWORD: password };
}

function tryReadText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
