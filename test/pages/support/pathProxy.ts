import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that serves `target` below `path` and takes the path away, as many people's do. */
export async function startPathProxy(target: string, path: string) {
  const server = createServer((req, res) => {
    if (!req.url?.startsWith(`${path}/`)) return void res.writeHead(404).end();
    const { method, headers } = req;
    const forward = request(`${target}${req.url.slice(path.length)}`, { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
