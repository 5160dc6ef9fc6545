// Makes src/generated: a Prisma client for each engine and the Pothos types, all from prisma/models.prisma, and the
// types of documents from schema.graphql. Does nothing when they are current; `--force` makes them anyway.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema, lexicographicSortSchema } from 'graphql';
import { engines, root, schemaFor } from './lib/models.mjs';
import { hashOf, isCurrent, writeStamp } from './lib/stamp.mjs';

const stampFile = `${root}/.cache/prisma/generated.stamp`;
const inputs = [
  'prisma/models.prisma',
  'package-lock.json',
  'scripts/prisma-generate.mjs',
  'scripts/lib/models.mjs',
];
const outputs = [
  ...engines.map((engine) => `${root}/src/generated/${engine}/client.ts`),
  `${root}/src/generated/pothos.ts`,
];

const documentTypes = {
  inputs: ['schema.graphql', 'package-lock.json', 'scripts/prisma-generate.mjs'],
  stampFile: `${root}/.cache/prisma/introspection.stamp`,
  output: `${root}/src/generated/introspection.d.ts`,
};

function generateDocumentTypes(force) {
  const { inputs, stampFile, output } = documentTypes;
  const stamp = hashOf(inputs.map((path) => `${root}/${path}`));
  if (!force && isCurrent(stampFile, stamp, [output])) return;
  const schema = lexicographicSortSchema(buildSchema(readFileSync(`${root}/schema.graphql`, 'utf8')));
  const introspection = introspectionFromSchema(schema, { descriptions: false });
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(
    output,
    outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true }),
  );
  writeStamp(stampFile, stamp);
}

const clientGenerator = (engine) => `generator client {
  provider               = "prisma-client"
  output                 = "${root}/src/generated/${engine}"
  runtime                = "nodejs"
  moduleFormat           = "esm"
  generatedFileExtension = "ts"
  importFileExtension    = "ts"
}
`;

const pothosGenerator = `generator pothos {
  provider          = "prisma-pothos-types"
  output            = "${root}/src/generated/pothos.ts"
  clientOutput      = "./sqlite/client.ts"
  generateDatamodel = "true"
  documentation     = "true"
}
`;

function generateFor(engine) {
  const folder = `${root}/.cache/prisma/${engine}`;
  const generators = clientGenerator(engine) + (engine === 'sqlite' ? pothosGenerator : '');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/schema.prisma`, schemaFor(engine, undefined, generators));
  writeFileSync(`${folder}/prisma.config.mjs`, 'export default { schema: "./schema.prisma" };\n');
  const prisma = [`${root}/node_modules/prisma/build/index.js`, 'generate', '--no-hints'];
  execFileSync(process.execPath, [...prisma, '--config', `${folder}/prisma.config.mjs`], {
    cwd: root,
    stdio: 'pipe',
    env: {
      ...process.env,
      PATH: `${root}/node_modules/.bin${delimiter}${process.env.PATH}`,
      // `generate` only asks whether a schema engine exists, and would download one if not.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
}

/** Makes src/generated when the models, the schema or the libraries have changed. Throws with Prisma's words when it cannot. */
export function generate({ force = false } = {}) {
  generateDocumentTypes(force);
  const stamp = hashOf(inputs.map((path) => `${root}/${path}`));
  if (!force && isCurrent(stampFile, stamp, outputs)) return;
  for (const engine of engines) generateFor(engine);
  writeStamp(stampFile, stamp);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate({ force: process.argv.includes('--force') });
