import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';

/** A network between the server and its store, for tests that break it. */
export interface Network {
  /** The target's URL, by way of this network. */
  readonly url: string;
  /** Closes all connections and refuses new ones. */
  cut(): void;
  /** Keeps all connections open and carries nothing, like a network that lost its route. */
  freeze(): void;
  /** Carries again. */
  restore(): void;
  /** How often the target was dialled. */
  dials(): number;
  close(): Promise<void>;
}

/** Puts a network in front of a `redis://` or `postgresql://` URL. */
export async function openNetwork(targetUrl: string): Promise<Network> {
  const target = new URL(targetUrl);
  const port = Number(target.port || (target.protocol.startsWith('redis') ? 6379 : 5432));
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'frozen' = 'open';
  let dials = 0;

  const server = createServer((client) => {
    if (state === 'cut') return void client.destroy();
    dials += 1;
    const upstream = dial(port, target.hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('data', (data) => state === 'open' && other.write(data));
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        if (state !== 'frozen') other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut() {
      state = 'cut';
      destroyAll();
    },
    freeze() {
      state = 'frozen';
    },
    restore() {
      state = 'open';
    },
    dials: () => dials,
    async close() {
      state = 'cut';
      destroyAll();
      server.close();
      await once(server, 'close');
    },
  };
}
