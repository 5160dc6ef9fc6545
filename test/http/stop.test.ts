import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/platform/log/log.ts';
import { assemble } from '../../src/server.ts';
import { freshDatabase } from '../support/database.ts';
import { readOutbox } from '../support/mails.ts';

it('a client that never ends its request does not keep the server from stopping as it should', async () => {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-stop-'));
  const config = parseConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
  });
  const server = await assemble(config, createLog(config), { answerWithinMs: 500 });
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  const { port } = server.http.address() as AddressInfo;

  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write('POST /binboi/api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{');
  await once(server.http, 'request');
  const { status } = await fetch(`http://127.0.0.1:${port}/binboi/api/auth/register`, {
    method: 'POST',
    body: '{"email": "ada@example.com", "password": "correct horse battery"}',
  });
  expect(status).toBe(201);
  await Promise.all([server.stop(), once(socket, 'close')]);
  expect(readOutbox(dataDir)).toHaveLength(1);
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);
