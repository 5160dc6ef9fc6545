import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { aliases, readVariables } from '../../src/config/environment.ts';
import { schema as configuration } from '../../src/config/schema.ts';
import { catalogue } from '../../src/errors/catalogue.ts';
import { bareSchema } from '../../src/graph/schema.ts';
import { createMetrics } from '../../src/platform/metrics/metrics.ts';
import { apis } from '../../src/rest/apis/index.ts';
import { configurationFiles } from '../../tools/configuration.ts';
import { errorPages } from '../../tools/errorPages.ts';
import { examplesPage } from '../../tools/examples.ts';
import { openApiFiles } from '../../tools/openApiFiles.ts';
import { readmeFile } from '../../tools/readme.ts';
import { anchorsOf, blocksOf, documents, linksOf, read, root } from './support/markdown.ts';

describe('Errors', () => {
  const pages = documents.flatMap((path) => /^docs\/errors\/([A-Z_]+)\.md$/.exec(path)?.[1] ?? []);

  it('have a page each, and no page is left over', () => {
    const written = pages.filter((name) => name !== 'README');
    expect(written.sort()).toEqual(Object.keys(catalogue).sort());
  });

  it.each(Object.keys(catalogue))('%s: its page says what, when and what to do', (code) => {
    const [head = '', when = '', todo = '', status = ''] = read(`docs/errors/${code}.md`).split(/^## .*$/m);
    expect(head).toMatch(new RegExp(`^# ${code}\n\n.+\\.\n`));
    expect(when.trim()).toMatch(/^- .+\./);
    expect(todo.trim()).toMatch(/\.$/);
    expect(status).toContain('| Endpoint | Status | Code | Where |');
  });

  it('are shown as the APIs’ tables say: else run "npm run schema"', () => {
    for (const [path, content] of Object.entries(errorPages()))
      expect([path, read(path)]).toEqual([path, content]);
  });
});

describe('APIs', () => {
  /** APIs whose page is being written; take a name out when it is there. */
  const underway: readonly string[] = [];

  it.each(
    apis.map(({ name }) => name).filter((name) => !underway.includes(name)),
  )('%s: has a page with examples that are run', (name) => {
    expect(documents).toContain(`docs/apis/${name}.md`);
    expect(blocksOf(read(`docs/apis/${name}.md`)).map(({ info }) => info)).toContain('bash');
  });

  it('are listed and described as their tables say: else run "npm run schema"', () => {
    for (const [path, content] of Object.entries({ ...openApiFiles(), ...readmeFile() })) {
      expect([path, existsSync(join(root, path)) && read(path)]).toEqual([path, content]);
    }
  });
});

describe('Links', () => {
  it.each(documents)('of %s lead to files and headings that exist', (path) => {
    const dead = linksOf(read(path)).filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
    });
    expect(dead).toEqual([]);
  });
});

describe('Paths', () => {
  it.each(documents)('that %s names exist', (path) => {
    const named = [
      ...read(path).matchAll(/`((?:src|test|docs|scripts|prisma|examples|deploy|\.ci)\/[\w./-]*)`/g),
    ].map(([, file = '']) => file);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('Configuration', () => {
  const rows = [...read('docs/configuration.md').matchAll(/^\| (`[A-Z_`, ]+`) \| (.*?) \|/gm)];
  const named = rows.flatMap(([, names = '']) =>
    [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name ?? ''),
  );
  /** The names that stand for others; each is one if it is read and then gone. */
  const names = Object.keys(aliases);

  it('in docs/configuration.md names every variable once, and no other', () => {
    expect(named.toSorted()).toEqual([...Object.keys(configuration.shape), ...names].sort());
  });

  it('has no alias that docs/configuration.md could miss', () => {
    const source = read('src/config/environment.ts');
    const mentioned = new Set(source.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g));
    const unknown = [...mentioned].filter((name) => !(name in configuration.shape) && !names.includes(name));
    expect(unknown).toEqual([]);
    for (const alias of names.slice(0, 2)) expect(readVariables({ [alias]: 'x' })).not.toHaveProperty(alias);
  });

  it('in docs/configuration.md shows the defaults that the server has', () => {
    const defaults: Record<string, unknown> = configuration.parse({});
    for (const [, names = '', shown = ''] of rows) {
      for (const [, name = ''] of names.matchAll(/`([A-Z_]+)`/g)) {
        const value = defaults[name];
        if (value === undefined || typeof value === 'object')
          expect([name, shown]).toEqual([name, expect.not.stringMatching(/^`[^`]*`$/)]);
        else expect([name, shown]).toEqual([name, `\`${value}\``]);
      }
    }
  });
});

describe('.env.example and docs/configuration.md', () => {
  it.each(
    Object.entries(configurationFiles()),
  )('%s is what the code says: else run "npm run schema"', (path, content) => {
    expect(read(path)).toBe(content);
  });

  it('describe every variable, and the example is accepted as it is', () => {
    expect(read('docs/configuration.md')).not.toMatch(/\|\s*\|$/m);
    const example = [...read('.env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(parseConfig(Object.fromEntries(example))).toEqual(parseConfig({}));
  });
});

describe('The programs in docs/from-a-program.md', () => {
  it('are those in examples/: else run "npm run schema"', () => {
    for (const [path, content] of Object.entries(examplesPage())) expect(read(path)).toBe(content);
  });

  it('are all of them', () => {
    const shown = blocksOf(read('docs/from-a-program.md')).map(({ info }) => info.split(' ')[1]);
    for (const file of readdirSync(join(root, 'examples/src'))) {
      if (file.endsWith('.ts')) expect(shown).toContain(`examples/src/${file}`);
    }
  });
});

describe('The metrics in docs/operations.md', () => {
  it('exist', () => {
    const named = [...read('docs/operations.md').matchAll(/`(latchkey_\w+)`/g)].map(([, name]) => name);
    const existing = createMetrics().registry.getMetricsAsArray();
    expect(named.length).toBeGreaterThan(5);
    expect(existing.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
  });
});

describe('GraphQL in the documents', () => {
  const operations = documents.flatMap((path) =>
    blocksOf(read(path)).flatMap(({ info, text, line }) =>
      info === 'graphql' ? [{ at: `${path}:${line}`, text }] : [],
    ),
  );

  it.each(operations)('fits the schema: $at', ({ text }) => {
    expect(validate(bareSchema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  it('names only tests that exist', () => {
    const files = [...read('SECURITY.md').matchAll(/`(test\/[^`\s]+)`/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('names a test for every promise', () => {
    const promises = [...read('SECURITY.md').matchAll(/^- \*\*.*$/gm)].map(([line]) => line);
    expect(promises.length).toBeGreaterThan(10);
    expect(promises.filter((line) => !/`test\/[^`]+\.test\.ts`/.test(line))).toEqual([]);
  });
});
