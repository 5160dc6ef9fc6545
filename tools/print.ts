import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { configurationFiles } from './configuration.ts';
import { coverageFile } from './contract/coverage.ts';
import { errorPages } from './errorPages.ts';
import { examplesPage } from './examples.ts';
import { openApiFiles } from './openApiFiles.ts';
import { readmeFile } from './readme.ts';
import { schemaFiles } from './schemaFiles.ts';

const files: Record<string, string> = {
  ...schemaFiles(),
  ...coverageFile(),
  ...openApiFiles(),
  ...errorPages(),
  ...readmeFile(),
  ...configurationFiles(),
  ...examplesPage(),
};
const differ = Object.entries(files).filter(
  ([path, content]) => !existsSync(path) || readFileSync(path, 'utf8') !== content,
);

if (process.argv.includes('--check')) {
  for (const [path] of differ) console.error(`${path} is not what the code says; run "npm run schema".`);
  process.exitCode = differ.length > 0 ? 1 : 0;
} else {
  for (const [path, content] of differ) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  }
}
