import { existsSync, readFileSync } from 'node:fs';
import type { Surface } from '../rest/engine/surface.ts';
import { surfaces } from '../rest/surfaces/index.ts';
import { betweenMarkers } from './markers.ts';

function rowOf({ name, title, description }: Surface): string {
  const page = `docs/surfaces/${name}.md`;
  const link = existsSync(page) ? `[${page}](${page})` : '';
  return `| ${title} | ${description} | \`http://localhost:4000/${name}\` | ${link} |`;
}

/** `README.md` with its table of REST APIs as the surfaces are: path below the repository and content. */
export function readmeFile(): Record<string, string> {
  const table = ['| API | For | Base | Its page |', '|---|---|---|---|', ...surfaces.map(rowOf)].join('\n');
  return { 'README.md': betweenMarkers(readFileSync('README.md', 'utf8'), 'surfaces', table) };
}
