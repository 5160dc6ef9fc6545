// Makes src/generated: a Prisma client for each engine and the Pothos types, all from prisma/models.prisma, and the
// types of documents from schema.graphql. Does nothing when they are current; `--force` makes them anyway.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engines, root, schemaFor } from './lib/models.mjs';
import { report } from './lib/report.mjs';
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

const documentStamp = () => hashOf(documentTypes.inputs.map((path) => `${root}/${path}`));

const areDocumentTypesCurrent = () =>
  isCurrent(documentTypes.stampFile, documentStamp(), [documentTypes.output]);

function generateDocumentTypes(force) {
  if (!force && areDocumentTypesCurrent()) return;
  const { stampFile, output } = documentTypes;
  // Not at the top: without packages the build says so itself.
  const require = createRequire(import.meta.url);
  const { outputIntrospectionFile } = require('@gql.tada/internal');
  const { buildSchema, introspectionFromSchema, lexicographicSortSchema } = require('graphql');
  const schema = lexicographicSortSchema(buildSchema(readFileSync(`${root}/schema.graphql`, 'utf8')));
  const introspection = introspectionFromSchema(schema, { descriptions: false });
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(
    output,
    outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true }),
  );
  writeStamp(stampFile, documentStamp());
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
  report(`Generating the ${engine} client`);
  const folder = `${root}/.cache/prisma/${engine}`;
  const generators = clientGenerator(engine) + (engine === 'sqlite' ? pothosGenerator : '');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/schema.prisma`, schemaFor(engine, undefined, generators));
  writeFileSync(`${folder}/prisma.config.mjs`, 'export default { schema: "./schema.prisma" };\n');
  const prisma = [`${root}/node_modules/prisma/build/index.js`, 'generate', '--no-hints'];
  const env = {
    ...process.env,
    PATH: `${root}/node_modules/.bin${delimiter}${process.env.PATH}`,
    // `generate` only asks whether a schema engine exists, and would download one if not.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  const args = [...prisma, '--config', `${folder}/prisma.config.mjs`];
  try {
    execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe', env });
  } catch (cause) {
    throw new Error(`Prisma refuses prisma/models.prisma:\n${cause.stderr}`, { cause });
  }
}

const currentStamp = () => hashOf(inputs.map((path) => `${root}/${path}`));

/** True when src/generated was made from the models and the schema as they are. */
export const isGenerated = () => areDocumentTypesCurrent() && isCurrent(stampFile, currentStamp(), outputs);

/** Makes src/generated when the models, the schema or the libraries have changed. Throws with Prisma's words when it cannot. */
export function generate({ force = false } = {}) {
  if (force || !isCurrent(stampFile, currentStamp(), outputs)) {
    const stamp = currentStamp();
    for (const engine of engines) generateFor(engine);
    writeStamp(stampFile, stamp);
  }
  generateDocumentTypes(force);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate({ force: process.argv.includes('--force') });
