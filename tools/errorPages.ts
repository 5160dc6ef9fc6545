import { readdirSync, readFileSync } from 'node:fs';
import { catalogue, type ErrorCode } from '../src/errors/catalogue.ts';
import { apis } from '../src/rest/apis/index.ts';
import { statusSection } from './errorStatus.ts';
import { betweenMarkers } from './markers.ts';

const folder = 'docs/errors';
const statusHeading = '## Status';

/** The page with its section "Status" as the tables of the APIs say; the rest is written by hand. */
function withStatus(page: string, code: ErrorCode): string {
  const start = page.indexOf(statusHeading);
  const head = (start === -1 ? page : page.slice(0, start)).trimEnd();
  return `${head}\n\n${statusHeading}\n\n${statusSection(code, apis)}\n`;
}

function codeOf(file: string): ErrorCode | undefined {
  const name = file.replace(/\.md$/, '');
  return name in catalogue ? (name as ErrorCode) : undefined;
}

/** The part of the index that lists the codes, in the order of the catalogue. */
function withIndex(page: string): string {
  const rows = Object.entries(catalogue).map(
    ([code, { message }]) => `| [${code}](${code}.md) | ${message} |`,
  );
  const list = ['| Code | Meaning |', '|---|---|', ...rows].join('\n');
  return betweenMarkers(page, 'codes', list);
}

/** The pages in docs/errors as they must be: path below the repository and content. */
export function errorPages(): Record<string, string> {
  const pages: Record<string, string> = {};
  for (const file of readdirSync(folder)) {
    const path = `${folder}/${file}`;
    const code = codeOf(file);
    if (file === 'README.md') pages[path] = withIndex(readFileSync(path, 'utf8'));
    else if (code) pages[path] = withStatus(readFileSync(path, 'utf8'), code);
  }
  return pages;
}
