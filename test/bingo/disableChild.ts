// Another instance on the same database and Redis, which disables a node by its own endpoint.
import type { AddressInfo } from 'node:net';
import { parseConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/platform/log/log.ts';
import { assemble } from '../../src/server.ts';

const [env = '{}', path = '', token = ''] = process.argv.slice(2);
const config = parseConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...JSON.parse(env) });
const server = await assemble(config, createLog(config));
await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
const answer = await fetch(`http://127.0.0.1:${(server.http.address() as AddressInfo).port}${path}`, {
  method: 'PUT',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ status: 4 }),
});
if (answer.status !== 200) throw new Error(await answer.text());
await server.stop();
