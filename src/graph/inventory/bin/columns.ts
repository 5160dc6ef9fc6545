import type { Issues } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import type { builder } from '../../core/builder.ts';
import { isJsonObject } from '../../core/isJsonObject.ts';

const { sql, raw } = Prisma;
const colorMaxLength = 50;
const cardStyleMaxLength = 500;
const colorKey = /^(?:#[0-9a-fA-F]{6}|\d{1,3}:[0-4]|neutral:[0-4]|black|white)$/;
const cardVariants = ['default', 'border', 'gradient', 'stripe', 'photo'];

/** Notes an issue when a color is neither empty, nor `#RRGGBB`, nor a key of the palette (OpenBin 10.2). */
export function checkColor(issues: Issues, color: string): string {
  if (color.length > colorMaxLength || (color !== '' && !colorKey.test(color))) {
    issues.add('color', 'format', 'must be empty, #RRGGBB or a key such as 210:2, neutral:1, black or white');
  }
  return color;
}

function checkCardStyle(issues: Issues, text: string): void {
  if (text.length > cardStyleMaxLength) {
    issues.add('cardStyle', 'too_long', `must have at most ${cardStyleMaxLength} characters`);
    return;
  }
  if (text === '') return;
  let style: unknown;
  try {
    style = JSON.parse(text);
  } catch {
    style = undefined;
  }
  if (!isJsonObject(style)) issues.add('cardStyle', 'format', 'must be a JSON object as text');
  else if (style.variant !== undefined && !cardVariants.includes(style.variant as string)) {
    issues.add('cardStyle', 'format', `must have a variant among ${cardVariants.join(', ')}`);
  }
}

/** A column that holds a text as it is given; empty unless given. */
interface TextColumn {
  /** What it tells of a bin. */
  readonly description: string;
  /** What it takes. */
  readonly input: string;
  /** Its name in the log (OpenBin 17). */
  readonly loggedAs: string;
  /** Notes an issue for what it does not take (OpenBin 10.2). */
  readonly check: (issues: Issues, text: string) => void;
}

/** The space around a text counts, which is kept. */
const atMost =
  (name: string, maxLength: number): TextColumn['check'] =>
  (issues, text) => {
    if ([...text].length > maxLength)
      issues.add(name, 'too_long', `must have at most ${maxLength} characters`);
  };

/**
 * The plain columns of a bin. Rows, the type, inputs, checks, inserts, copies and the log are made from this
 * table; the shape of a bin in REST is in `src/rest/apis/openbin/bin.ts`.
 */
const textColumns = {
  notes: {
    description: 'Anything worth knowing.',
    input: 'At most 10,000 characters.',
    loggedAs: 'notes',
    check: atMost('notes', 10_000),
  },
  icon: {
    description: 'The name of a picture that clients show.',
    input: 'At most 100 characters.',
    loggedAs: 'icon',
    check: atMost('icon', 100),
  },
  color: {
    description: '`#RRGGBB`, a key of a palette, or empty.',
    input: '`#RRGGBB`, `<hue>:<0-4>`, `neutral:<0-4>`, `black`, `white` or empty.',
    loggedAs: 'color',
    check: checkColor,
  },
  cardStyle: {
    description: 'A JSON object as text, for clients; or empty.',
    input: 'A JSON object as text of at most 500 characters, or empty.',
    loggedAs: 'card_style',
    check: checkCardStyle,
  },
} satisfies Record<string, TextColumn>;

type Name = keyof typeof textColumns;

/** The names of the plain columns. */
export const textNames = Object.keys(textColumns) as Name[];

/** The plain columns of a bin that there is. */
export type BinTexts = { readonly [Column in Name]: string };

/** Values for some of the plain columns. */
export type Look = { readonly [Column in Name]?: string };

/** The plain columns of something that has more. */
export const textsOf = (row: BinTexts): BinTexts =>
  Object.fromEntries(textNames.map((name) => [name, row[name]])) as BinTexts;

/** Values for the plain columns, checked; what is null or undefined is left out. */
export function checkLook(issues: Issues, input: { readonly [Column in Name]?: string | null }): Look {
  const look: { [Column in Name]?: string } = {};
  for (const name of textNames) {
    const text = input[name];
    if (text == null) continue;
    textColumns[name].check(issues, text);
    look[name] = text;
  }
  return look;
}

/** The values as the log names them; those that are missing are undefined. */
export const loggedTexts = (look: Look): Record<string, string | undefined> =>
  Object.fromEntries(textNames.map((name) => [textColumns[name].loggedAs, look[name]]));

/** The columns by name, for SQL about a bin called `b`. */
export const textSqls = Object.fromEntries(textNames.map((name) => [name, sql`b.${raw(`"${name}"`)}`]));

/** The columns as an INSERT names them. */
export const textColumnList = raw(textNames.map((name) => `"${name}"`).join(', '));

/** Their values in the same order. */
export const textValues = (look: Look): Prisma.Sql => Prisma.join(textNames.map((name) => look[name] ?? ''));

/** What the type says of each of them. */
export const textDescriptions = textNames.map((name) => [name, textColumns[name].description] as const);

type Inputs = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** The fields for them in an input. */
export function textInputs(t: Inputs) {
  const field = (description: string) => t.string({ description });
  const fields = textNames.map((name) => [name, field(textColumns[name].input)]);
  return Object.fromEntries(fields) as Record<Name, ReturnType<typeof field>>;
}
