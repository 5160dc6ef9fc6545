import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './support/markdown.ts';

const run = promisify(execFile);

type Edit = readonly [program: string, from: string, to: string];

/** Edits with the name of the file that the edited copy of the program gets. */
const edits = (kind: string, list: readonly Edit[]) =>
  list.map(([program, from, to], index) => ({ program, from, to, file: `${kind}${index}` }));

/** Edits of the programs in examples/ that their types must notice: program, what is there, what is written instead. */
const mistakes = edits('mistake', [
  ['withOpenapi', 'path: { id:', 'path: { idd:'],
  ['withOpenapi', 'quantity: 50', "quantity: 'fifty'"],
  ['withOpenapi', "GET('/api/bins/{id}'", "GET('/api/bin/{id}'"],
  ['withOpenapi', 'bin.data.name,', 'bin.data.nmae,'],
  ['withOpenapi', 'missing.error?.error', 'missing.error?.error satisfies number | undefined'],
  ['withCodegen', 'location.name', 'location.nmae'],
  ['withCodegen', 'first: 10', "first: 'ten'"],
  ['withCodegen', '({ name }) => name', '({ createdAt }) => createdAt satisfies number'],
  ['withCodegen', '({ name }) => name', '({ customFields }) => customFields satisfies string'],
  ['withGqlTada', "subdomain: 'mary'", 'subdomain: 5'],
  ['withGqlTada', 'bytesOut + 0', 'bytesOut.length'],
  ['withGqlTada', 'tunnel { subdomain', 'tunnel { subdomian'],
]);

/** Edits that the types must accept: what the scalars are in TypeScript. */
const fine = edits('fine', [
  ['withCodegen', '({ name }) => name', '({ createdAt }) => createdAt satisfies string'],
  ['withGqlTada', 'bytesOut + 0', 'bytesOut satisfies number'],
]);

const folder = join(root, '.cache');
let place = '';
let complaints: readonly string[] = [];

/** The programs with types from the files of this repository, and beside them an edited copy for each edit. */
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  place = mkdtempSync(join(folder, 'programs-'));
  const sources = (path: string) => !/node_modules|generated|dist/.test(path.slice(root.length));
  cpSync(join(root, 'examples'), place, { recursive: true, filter: sources });
  symlinkSync(join(root, 'examples/node_modules'), join(place, 'node_modules'));
  copyFileSync(join(root, 'schema.graphql'), join(place, 'schema.graphql'));
  const npx = (...args: string[]) => run('npx', ['--no-install', ...args], { cwd: place });
  await npx('graphql-codegen', '--config', 'codegen.json');
  await npx('gql.tada', 'generate-output');
  await npx(
    'openapi-typescript',
    join(root, 'docs/openapi/openbin.json'),
    '--output',
    'src/generated/openbin.d.ts',
  );
  for (const { program, from, to, file } of [...mistakes, ...fine]) {
    const text = readFileSync(join(place, `src/${program}.ts`), 'utf8');
    if (!text.includes(from)) throw new Error(`examples/src/${program}.ts has no ${from}`);
    writeFileSync(join(place, `src/${file}.ts`), text.replace(from, to));
  }
  const printed = await npx('tsc', '--noEmit').then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
  complaints = printed.split('\n').filter((line) => /^\S+\(\d+,\d+\): error/.test(line));
}, 120_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

const complaintsOf = (file: string) => complaints.filter((line) => line.startsWith(`src/${file}.ts(`));

describe('The programs in examples/', () => {
  it('fit their types', () => {
    expect(complaints.filter((line) => !/^src\/(?:mistake|fine)/.test(line))).toEqual([]);
  });

  it.each(mistakes)('$program notices a mistake: $from → $to', ({ file }) => {
    expect(complaintsOf(file)).not.toEqual([]);
  });

  it.each(fine)('$program: $from → $to is right', ({ file }) => {
    expect(complaintsOf(file)).toEqual([]);
  });
});
