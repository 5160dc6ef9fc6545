import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOutbox } from '../support/mails.ts';
import {
  makeServerPlace,
  runServer,
  type ServerProcess,
  startServerProcess,
} from '../support/serverProcess.ts';
import { type Block, blocksOf, documents, read, root } from './support/markdown.ts';
import { adapted, answerOf, type Counted, differences, runBlocks } from './support/tour.ts';

const run = promisify(execFile);
const isShell = ({ info }: Block) => info === 'bash';
/** The README first, as its readers go. */
const toured = documents
  .filter((path) => blocksOf(read(path)).some(isShell))
  .sort(
    (one, other) => Number(other === 'README.md') - Number(one === 'README.md') || one.localeCompare(other),
  );

/** A server that the demo has filled. */
async function startDemo(): Promise<ServerProcess> {
  const place = await makeServerPlace();
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...place.env };
  await run(process.execPath, ['scripts/run.mjs', 'demo/main.js'], { cwd: root, env });
  const server = await runServer(place.env);
  return {
    ...server,
    dataDir: place.dataDir,
    async stop() {
      await server.terminate();
      await place.remove();
    },
  };
}

/** The examples of answers, by the place of the bash block whose answer they show. */
function examplesOf(blocks: readonly Block[]): Map<number, Block> {
  const examples = new Map<number, Block>();
  let bash = -1;
  for (const block of blocks) {
    if (isShell(block)) bash++;
    if (block.info === 'json answer') examples.set(bash, block);
  }
  return examples;
}

/** Runs the operations of docs/graphiql.md one after the other, each with the variables behind it. */
async function runOperations({ port, dataDir }: ServerProcess): Promise<void> {
  const blocks = blocksOf(read('docs/graphiql.md'));
  const operations = blocks.flatMap(({ info, text, line }, index) => {
    const next = blocks[index + 1];
    const variables = next?.info === 'json variables' ? next.text : '{}';
    return info === 'graphql' ? [{ text, line, variables }] : [];
  });
  let accessToken = '';
  let keyId = '';
  let mails = readOutbox(dataDir).length;
  for (const { text, line, variables } of operations) {
    // The mail is written after the answer.
    if (variables.includes('TOKEN_FROM_THE_MAIL'))
      await expect.poll(() => readOutbox(dataDir).length).toBeGreaterThan(mails);
    const outbox = readOutbox(dataDir);
    mails = outbox.length;
    const token = /token=([0-9a-f]+)/.exec(outbox.at(-1)?.text ?? '')?.[1] ?? '';
    const query = text.replace('ID_OF_THE_KEY', keyId);
    const response = await fetch(`http://localhost:${port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(accessToken && { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({
        query,
        variables: JSON.parse(variables.replace('TOKEN_FROM_THE_MAIL', token)),
      }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: unknown };
    expect([line, errors]).toEqual([line, undefined]);
    const { signIn, createApiKey } = data as {
      signIn?: { accessToken: string };
      createApiKey?: { apiKey: { id: string } };
    };
    accessToken = signIn?.accessToken ?? accessToken;
    keyId = createApiKey?.apiKey.id ?? keyId;
  }
  expect(keyId).not.toBe('');
}

const places: [string, Counted, () => Promise<ServerProcess>][] = [
  ['one new server', 'as shown', startServerProcess],
  ['a server with the demo', 'any', startDemo],
];

describe.each(places)('Copied block by block, on %s', (_name, counted, start) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await start();
  }, 240_000);
  afterAll(() => server.stop());

  it.each(toured)('%s works, and answers as it says', { timeout: 400_000 }, async (path) => {
    const blocks = blocksOf(read(path));
    const printed = await runBlocks(blocks.filter(isShell), server);
    for (const [index, { text, line }] of examplesOf(blocks)) {
      const found = differences(JSON.parse(text), answerOf(printed[index] ?? ''), counted);
      expect([line, found]).toEqual([line, []]);
    }
  });

  it('the operations in docs/graphiql.md work one after the other', { timeout: 60_000 }, () =>
    runOperations(server),
  );

  it('a step of the README that fails says why', { timeout: 60_000 }, async () => {
    const [first] = blocksOf(read('README.md')).filter(isShell);
    const broken = first?.text.replace(/"password": "[^"]*"/, '"password": "not this one"') ?? '';
    expect(broken).not.toBe(first?.text);
    const { stdout, stderr } = await run('bash', ['-c', `${adapted(broken, server)}\ntrue`], {
      cwd: root,
      env: server.env,
    });
    // The account exists, the sign-in does not work, and so there is no key.
    expect(stderr).toMatch(/exists already/);
    expect(stderr).toMatch(/The requested URL returned error: 401/);
    expect(stderr).toMatch(/"code":"INVALID_CREDENTIALS"/);
    expect(stdout).not.toMatch(/error/);
  });
});

describe('The commands of the documents', () => {
  it.each(toured)('in %s show failures: no curl swallows a status', (path) => {
    const calls = blocksOf(read(path))
      .filter(isShell)
      .flatMap(({ text }) => text.replaceAll('\\\n', '').split('\n'))
      .filter((line) => /\bcurl\b/.test(line));
    expect(calls.filter((line) => !/--fail-with-body|%\{http_code\}/.test(line))).toEqual([]);
  });

  it('belong to people of their own: no address is in two documents, or in the demo', () => {
    const owners = new Map<string, Set<string>>();
    for (const path of [...toured, 'docs/graphiql.md', 'src/demo/world.ts']) {
      for (const address of read(path).match(/[\w.]+@example\.com/g) ?? [])
        owners.set(address, new Set([...(owners.get(address) ?? []), path]));
    }
    expect(owners.size).toBeGreaterThan(6);
    expect([...owners].filter(([, paths]) => paths.size > 1)).toEqual([]);
  });
});
