import { assemblePlatform } from '../assemblePlatform.ts';
import { loadEnvironment, parseConfig } from '../config/config.ts';
import { createLog } from '../platform/log/log.ts';
import { demoPassword, type Person } from './people.ts';
import { tryOut } from './tryOut.ts';
import { isEmpty, makeWorld } from './world.ts';

function describe({ email, plan, caller, keys }: Person): string {
  const role = caller.account.administrator ? `${plan}, administrator` : plan;
  const lines = Object.entries(keys).map(([name, text]) => `    ${name}: ${text}`);
  return [`  ${email} (${role})`, ...lines].join('\n');
}

async function main(): Promise<number> {
  const config = parseConfig({ LOG_LEVEL: 'warn', ...loadEnvironment() });
  const platform = await assemblePlatform(config, createLog(config));
  try {
    if (!(await isEmpty(platform.services))) {
      console.error(
        'The database has accounts already. The demo fills an empty one only: choose another DATA_DIR.',
      );
      return 1;
    }
    const { people, owner } = await makeWorld(platform.services);
    console.log(`The demo is ready. Everyone signs in with the password ${demoPassword}\n`);
    console.log(people.map(describe).join('\n'));
    console.log(`\n${tryOut(owner, `http://localhost:${config.port || 4000}`)}`);
    return 0;
  } finally {
    await platform.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
