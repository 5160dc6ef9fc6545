import { createRequire } from 'node:module';
import { PARAMETERS } from './parameters.ts';

const require = createRequire(import.meta.url);

/** What a worker is asked: a new hash, or whether a password fits one. */
export type HashJob =
  | { readonly kind: 'hash'; readonly password: string }
  | { readonly kind: 'verify'; readonly password: string; readonly phc: string };

/** A worker's answer; `error` is a message. */
export interface HashAnswer {
  readonly value?: string | boolean;
  readonly error?: string;
}

/**
 * The worker's program, for `node --eval`. A text, because the server runs from TypeScript in tests and from JavaScript
 * elsewhere, and a child process can load only the latter. It ends when its parent does (the channel closes, even when
 * the parent was killed); Ctrl-C reaches the whole process group and must not end it before the parent has drained.
 */
export const WORKER_SOURCE = `
const argon2 = require(${JSON.stringify(require.resolve('argon2'))});
const parameters = ${JSON.stringify(PARAMETERS)};
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(0));
process.on('message', (job) => {
  const work = job.kind === 'hash' ? argon2.hash(job.password, parameters) : argon2.verify(job.phc, job.password);
  work.then((value) => ({ value }), (error) => ({ error: String(error.message) }))
    .then((answer) => { if (process.connected) process.send(answer); });
});
`;
