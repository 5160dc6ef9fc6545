import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const require = createRequire(import.meta.url);

/**
 * Files that need a process of their own: they start servers and command lines, measure time or memory, or change
 * what a process has one of. Loading the server's modules costs each of them seconds.
 */
const alone = [
  'test/admin/{beside,commandLine}.test.ts',
  'test/docs/{programTypes,tour}.test.ts',
  'test/graph/{fuzzy,searchMemory,turns}.test.ts',
  'test/http/{graphqlBudget,graphqlFlood,operations,passwordFlood,slowMail}.test.ts',
  'test/openbin/{scale,searchLarge}.test.ts',
  'test/operations/*.test.ts',
  'test/platform/{events,log,passwords}/**/*.test.ts',
  'test/platform/database/{backup,changedElsewhere,isolation,migrate}.test.ts',
  'test/platform/limiter/{leases,memory}.test.ts',
  'test/platform/secrets/masterSecret.test.ts',
];
/** Files without a server around the part that they test. */
const parts = ['test/{engine,platform}/**/*.test.ts'];

/** In this order: what takes long by itself must not be left for the end, when a core is idle. */
const projects = ['process', 'api', 'unit'];
const longest = /\/(?:docs\/tour|openbin\/scale|conformance\/(?:otherPeople|statements))\.test\.ts$/;
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ({ project, moduleId }: TestSpecification) =>
      projects.indexOf(project.name) - (longest.test(moduleId) ? 0.5 : 0);
    return (await super.sort(files)).sort((one, other) => order(one) - order(other));
  }
}

export default defineConfig({
  resolve: {
    // graphql 16 has a CommonJS and an ESM build that refuse each other's objects. Node takes the
    // first for every library; vite would take the second for our own files.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Far above what a test takes: a busy machine must not fail one that waits for nothing.
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    sequence: { sequencer: ByProject },
    // Without isolation a worker loads the modules once and runs file after file.
    projects: [
      { extends: true, test: { name: 'process', include: alone } },
      {
        extends: true,
        test: { name: 'api', isolate: false, include: ['test/**/*.test.ts'], exclude: [...alone, ...parts] },
      },
      { extends: true, test: { name: 'unit', isolate: false, include: parts, exclude: alone } },
    ],
  },
});
