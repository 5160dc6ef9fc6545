import { existsSync, readFileSync } from 'node:fs';
import { apis } from '../src/rest/apis/index.ts';
import type { Api } from '../src/rest/engine/api.ts';
import { betweenMarkers } from './markers.ts';

function rowOf({ name, title, description }: Api): string {
  const page = `docs/apis/${name}.md`;
  const link = existsSync(page) ? `[${page}](${page})` : '';
  return `| ${title} | ${description} | \`http://localhost:4000/${name}\` | ${link} |`;
}

/** `README.md` with its table of REST APIs as the APIs are: path below the repository and content. */
export function readmeFile(): Record<string, string> {
  const table = ['| API | For | Base | Its page |', '|---|---|---|---|', ...apis.map(rowOf)].join('\n');
  return { 'README.md': betweenMarkers(readFileSync('README.md', 'utf8'), 'apis', table) };
}
