import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SURFACE_NAMES } from '../../src/config.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

/** The TypeScript files below a folder of src/, with their text. */
function filesOf(folder: string): [string, string][] {
  return readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [join(folder, file), readFileSync(join(src, folder, file), 'utf8')]);
}

/** What a file imports, types included. */
const importsOf = (text: string) => [...text.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name);

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('The engine', () => {
  it.each(filesOf('rest/engine'))('knows no surface: %s', (_file, text) => {
    const names = new RegExp(SURFACE_NAMES.join('|'), 'i');
    expect(withoutComments(text)).not.toMatch(names);
    expect(importsOf(text).filter((name) => name.includes('surfaces'))).toEqual([]);
  });
});

describe('A surface', () => {
  it.each(filesOf('rest/surfaces'))('is data, without database and HTTP server: %s', (_file, text) => {
    const foreign = importsOf(text).filter((name) => /prisma|generated|platform|express|yoga/i.test(name));
    expect(foreign).toEqual([]);
  });
});

describe('The graph', () => {
  it.each(filesOf('graph'))('knows no HTTP: %s', (_file, text) => {
    const foreign = importsOf(text).filter((name) => /^express|^node:http|yoga|\/http\/|\/rest\//.test(name));
    expect(foreign).toEqual([]);
  });
});

describe('The platform', () => {
  it.each(filesOf('platform'))('knows neither the domain nor HTTP: %s', (_file, text) => {
    const foreign = importsOf(text).filter((name) => /^express|\/graph\/|\/http\/|\/rest\//.test(name));
    expect(foreign).toEqual([]);
  });
});
