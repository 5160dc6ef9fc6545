import { aliases } from '../src/config/environment.ts';
import { openbinFields } from '../src/config/openbin.ts';
import { schema } from '../src/config/schema.ts';

interface Variable {
  readonly name: string;
  /** As one writes it; undefined when there is none. */
  readonly preset: string | undefined;
  readonly description: string;
}

const defaults: Record<string, unknown> = schema.parse({});

function variableOf([name, field]: [string, { description?: string | undefined }]): Variable {
  const value = defaults[name];
  const preset = value === undefined || typeof value === 'object' ? undefined : String(value);
  return { name, preset, description: field.description ?? '' };
}

const own = [
  ...Object.entries(schema.shape)
    .filter(([name]) => !(name in openbinFields))
    .map(variableOf),
  ...Object.entries(aliases).map(([name, description]) => ({ name, preset: undefined, description })),
];
const openbin = Object.entries(openbinFields).map(variableOf);

const table = (variables: readonly Variable[]) =>
  [
    '| Name | Default | Meaning |',
    '|---|---|---|',
    ...variables.map(
      ({ name, preset, description }) =>
        `| \`${name}\` | ${preset === undefined ? 'none' : `\`${preset}\``} | ${description} |`,
    ),
  ].join('\n');

const page = `# Configuration

Every setting comes from the environment, and every one is optional. An empty value counts as not set. The server also reads a file \`.env\` in its working directory; variables that are set already keep their values. [.env.example](../.env.example) lists them all.

An invalid value aborts startup with one line for each invalid variable. A name that is probably misspelt is logged as a warning.

## Latchkey

${table(own)}

## OpenBin

These are the variables that OpenBin documents. Its API is served in part ([coverage](coverage.md)); a variable of a part that is not there yet is checked at startup and has no effect.

${table(openbin)}
`;

const line = ({ name, preset, description }: Variable) => `# ${description}\n#${name}=${preset ?? ''}`;

const example = `# Copy this file to .env and change what you need. docs/configuration.md says more.

${[...own, ...openbin].map(line).join('\n\n')}
`;

/** The generated documents of the configuration: path below the repository and content. */
export function configurationFiles(): Record<string, string> {
  return { 'docs/configuration.md': page, '.env.example': example };
}
