import { describe, expect, it } from 'vitest';
import { readOutbox } from '../support/mails.ts';
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts';
import { type Block, blocksOf, documents, read } from './support/markdown.ts';
import { differences, runBlocks } from './support/tour.ts';

const toured = documents.filter((path) => path === 'README.md' || /^docs\/apis\/.*\.md$/.test(path));

async function withServer(work: (server: ServerProcess) => Promise<void>): Promise<void> {
  const server = await startServerProcess();
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

/** The examples of answers, by the place of the bash block whose answer they show. */
function examplesOf(blocks: readonly Block[]): Map<number, Block> {
  const examples = new Map<number, Block>();
  let bash = -1;
  for (const block of blocks) {
    if (block.info === 'bash') bash++;
    if (block.info === 'json answer') examples.set(bash, block);
  }
  return examples;
}

/** The last line that a block printed, as JSON. */
function answerOf(printed: string): unknown {
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}

describe('Copied block by block', () => {
  it.each(toured)('%s works, and answers as it says', { timeout: 400_000 }, async (path) => {
    const blocks = blocksOf(read(path));
    const bash = blocks.filter(({ info }) => info === 'bash');
    if (bash.length === 0) return;
    await withServer(async (server) => {
      const printed = await runBlocks(bash, server);
      for (const [index, { text, line }] of examplesOf(blocks)) {
        expect([line, differences(JSON.parse(text), answerOf(printed[index] ?? ''))]).toEqual([line, []]);
      }
    });
  });
});

describe('The operations for GraphiQL', () => {
  it('in README.md work one after the other', { timeout: 400_000 }, async () => {
    const blocks = blocksOf(read('README.md'));
    const operations = blocks.flatMap(({ info, text, line }, index) => {
      const next = blocks[index + 1];
      const variables = next?.info === 'json variables' ? next.text : '{}';
      return info === 'graphql' ? [{ text, line, variables }] : [];
    });
    await withServer(async ({ port, dataDir }) => {
      let accessToken = '';
      let keyId = '';
      let mails = 0;
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
    });
  });
});
