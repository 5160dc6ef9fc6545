import { Agent, request } from 'node:http';

/** A request as it goes over the wire: nothing is checked, completed or encoded on the way. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** A name that comes twice is sent twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string | Buffer | undefined;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends it; a connection that the server closes before it has read everything is status 0 unless an answer came first. */
export function rawCall(origin: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const many: Record<string, string | string[]> = {};
    for (const [name, value] of headers) {
      const present = many[name];
      // Node takes several hosts for a mistake of ours.
      many[name] = present === undefined || name === 'host' ? value : [...[present].flat(), value];
    }
    // Node frames no body of a DELETE by itself: its bytes would be the next request.
    if (body !== undefined) many['content-length'] = String(Buffer.byteLength(body));
    const { hostname, port } = new URL(origin);
    const outgoing = request({ hostname, port, method, path, headers: many, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      const finish = () =>
        resolve({
          status: incoming.statusCode ?? 0,
          type: incoming.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString('utf8'),
        });
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', finish).on('error', finish);
    });
    outgoing.on('error', () => resolve({ status: 0, type: '', text: '' }));
    outgoing.end(body);
  });
}
