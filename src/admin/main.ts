import { loadEnvironment } from '../config/config.ts';
import { runAdmin } from './cli.ts';

const argv = process.argv.slice(2);
// A password given by --password should not stay in the list of processes. That of npm does, which
// is why the help asks for standard input.
process.title = 'latchkey-admin';

// `accounts | head`: the reader has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const { stdin, stdout, stderr } = process;
const env = loadEnvironment();
// npm runs scripts in the package's folder; the person stands where they called it.
const folder = env.INIT_CWD ?? process.cwd();
process.exitCode = await runAdmin(argv, { stdin, stdout, stderr, env, folder });
// An unread standard input would keep the process waiting for whoever holds its other end.
stdin.unref?.();
