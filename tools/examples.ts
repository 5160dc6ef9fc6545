import { readFileSync } from 'node:fs';

const page = 'docs/from-a-program.md';

/** `docs/from-a-program.md` with each block that names a file of `examples/` holding what that file holds. */
export function examplesPage(): Record<string, string> {
  const text = readFileSync(page, 'utf8');
  const filled = text.replace(
    /^(```\w+ (examples\/\S+)\n)[\s\S]*?^```$/gm,
    (_block, fence: string, path: string) => `${fence}${readFileSync(path, 'utf8')}\`\`\``,
  );
  return { [page]: filled };
}
