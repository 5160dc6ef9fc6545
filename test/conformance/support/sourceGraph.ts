import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAst } from 'vitest/node';

/** The text of a source file, by its path. */
export type Sources = ReadonlyMap<string, string>;

interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}

/** What stands at the top level of a file, or a part of it that is called for itself, such as the resolver of a field. */
interface Declaration {
  readonly codes: Set<string>;
  readonly references: Set<string>;
}

/** Which codes of the catalogue the declarations of some files can throw. */
export interface SourceGraph {
  /** The names of the root fields that the files define. */
  readonly rootFields: ReadonlySet<string>;
  /** Where `new DomainError` is called with a code that is not written there, such as `src/a.ts: code`. */
  readonly computed: readonly string[];
  /** The codes that a document with these fields can meet, each with the declarations that throw it, such as `/graph/a.ts#check`. */
  reachable(rootFields: Iterable<string>, fieldsBelow?: Iterable<string>): Map<string, Set<string>>;
}

/** All files below a directory, by their paths from there; those that are written by tools are left out. */
export function sourcesBelow(directory: string): Sources {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('generated'))
      .map((file) => [join('/', file), readFileSync(join(directory, file), 'utf8')]),
  );
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const listOf = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode);

const child = (node: Node, part: string): Node | undefined => listOf(node[part])[0];

const nameOf = (node: Node | undefined): string | undefined => {
  const name = node?.name ?? node?.value;
  return typeof name === 'string' ? name : undefined;
};

/** Types do not run: of what TypeScript adds only these hold expressions. */
const holdsExpression = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSParameterProperty',
]);

const childrenOf = (node: Node): Node[] => Object.values(node).flatMap(listOf);

function* within(node: Node): Generator<Node> {
  if (node.type.startsWith('TS') && !holdsExpression.has(node.type)) return;
  yield node;
  for (const inner of childrenOf(node)) yield* within(inner);
}

/** The codes that an expression stands for, as far as they are written there. */
function codesIn(node: Node | undefined): string[] {
  if (node?.type === 'ConditionalExpression')
    return [...codesIn(child(node, 'consequent')), ...codesIn(child(node, 'alternate'))];
  return node?.type === 'Literal' ? [String(node.value)] : [];
}

/** The names that a declaration, such as `const { a, b } = f()`, makes. */
function namesMade(pattern: Node | undefined): string[] {
  if (!pattern) return [];
  if (pattern.type === 'Identifier') return [String(pattern.name)];
  return [...within(pattern)].flatMap((node) => (node.type === 'Identifier' ? [String(node.name)] : []));
}

/** The properties of the object that an expression, or a function by its return, gives. */
function propertiesOf(node: Node | undefined): Node[] {
  if (!node) return [];
  if (node.type === 'ObjectExpression') return listOf(node.properties);
  if (node.type === 'ArrowFunctionExpression') return propertiesOf(child(node, 'body'));
  return node.type === 'ParenthesizedExpression' || holdsExpression.has(node.type)
    ? propertiesOf(child(node, 'expression'))
    : [];
}

/** The keys of declarations that are found by a name instead of an import. */
const rootKey = (name: string) => `root field ${name}`;
const fieldKey = (name: string) => `field ${name}`;
const serviceKey = (name: string) => `service ${name}`;
const hookKey = (name: string) => `hook ${name}`;

/** The builder's methods that define fields, by what the key of such a field is. */
const oneField: Readonly<Record<string, (name: string) => string>> = {
  queryField: rootKey,
  mutationField: rootKey,
  relayMutationField: rootKey,
  objectField: fieldKey,
};
const manyFields: Readonly<Record<string, (name: string) => string>> = {
  queryFields: rootKey,
  mutationFields: rootKey,
  objectFields: fieldKey,
};

/**
 * Who refers to whom in some source files, at the level of top-level declarations: an identifier in a declaration, of
 * the same file or imported, is an edge. What is called in another way has edges by its name: the services of a wing
 * and the account hooks. It errs on the side of too many edges: a local variable counts as what it hides.
 */
export function readSources(sources: Sources): SourceGraph {
  const declarations = new Map<string, Declaration>();
  const computed: string[] = [];
  const at = (key: string): Declaration => {
    const known = declarations.get(key) ?? { codes: new Set(), references: new Set() };
    declarations.set(key, known);
    return known;
  };

  function readFile(file: string, text: string): void {
    const { body } = parseAst(text, { lang: 'ts' }) as unknown as { readonly body: readonly Node[] };
    const keyIn = (from: string, name: string) => `${from}#${name}`;
    const known = new Map<string, string>();

    /** Notes in `key` what a part of the file refers to and throws. */
    function note(key: string, root: Node | undefined): void {
      if (!root) return;
      const { codes, references } = at(key);
      const refer = (name: string | undefined) => {
        const target = name === undefined ? undefined : known.get(name);
        if (target !== undefined) references.add(target);
      };
      const visit = (node: Node): void => {
        if (node.type.startsWith('TS') && !holdsExpression.has(node.type)) return;
        if (node.type === 'Identifier') refer(nameOf(node));
        if (node.type === 'NewExpression' && nameOf(child(node, 'callee')) === 'DomainError') {
          const [code] = listOf(node.arguments);
          const written = codesIn(code);
          for (const one of written) codes.add(one);
          if (written.length === 0)
            computed.push(`${file}: ${text.slice(Number(code?.start), Number(code?.end))}`);
        }
        if (node.type === 'MemberExpression' && node.computed !== true) {
          const name = String(nameOf(child(node, 'property')));
          const object = child(node, 'object');
          const owner = object?.type === 'MemberExpression' ? child(object, 'property') : object;
          references.add(serviceKey(name));
          if (nameOf(owner) === 'lifecycle') references.add(hookKey(name));
          if (object) visit(object);
          return;
        }
        if (node.type === 'Property' && node.computed !== true) {
          // Taken out of the services: `const { codes } = identityServices(context)`.
          references.add(serviceKey(String(nameOf(child(node, 'key')))));
          for (const value of listOf(node.value)) visit(value);
          return;
        }
        for (const inner of childrenOf(node)) visit(inner);
      };
      visit(root);
    }

    function noteFields(call: Node): boolean {
      const method = child(call, 'callee');
      if (method?.type !== 'MemberExpression' || nameOf(child(method, 'object')) !== 'builder') return false;
      const name = String(nameOf(child(method, 'property')));
      const given = listOf(call.arguments);
      const one = oneField[name];
      if (one) {
        const [field] = given.filter(({ type }) => type === 'Literal');
        for (const argument of given) note(one(String(nameOf(field))), argument);
        return true;
      }
      const many = manyFields[name];
      if (!many) return false;
      for (const property of given.flatMap(propertiesOf)) {
        note(many(String(nameOf(child(property, 'key')))), child(property, 'value'));
      }
      return true;
    }

    /** What a wing puts together: `{ codes: createCodes(keyring), vault }`, the latter made in the lines before. */
    function noteServices(assembly: Node): void {
      const parts = [...within(assembly)];
      const made = new Map<string, Node>();
      for (const part of parts) {
        const name = part.type === 'VariableDeclarator' && nameOf(child(part, 'id'));
        const value = child(part, 'init');
        if (name && value) made.set(name, value);
      }
      /** With the parts that a service is made of. */
      const noteService = (key: string, value: Node, seen = new Set<Node>()): void => {
        if (seen.has(value)) return;
        seen.add(value);
        note(key, value);
        for (const { type, name } of within(value)) {
          const part = type === 'Identifier' ? made.get(String(name)) : undefined;
          if (part) noteService(key, part, seen);
        }
      };
      for (const part of parts) {
        if (part.type !== 'Property') continue;
        const key = String(nameOf(child(part, 'key')));
        const value = child(part, 'value');
        // The account hooks have a name each.
        if (value && key !== 'lifecycle') noteService(serviceKey(key), value);
      }
    }

    const declared: [string, Node][] = [];
    const loose: Node[] = [];
    for (const statement of body) {
      const source = nameOf(child(statement, 'source'));
      if (statement.importKind === 'type' || statement.exportKind === 'type') continue;
      if (source !== undefined) {
        if (!source.startsWith('.')) continue;
        const from = resolve('/', dirname(file), source);
        for (const specifier of listOf(statement.specifiers)) {
          if (specifier.importKind === 'type') continue;
          const local = nameOf(child(specifier, 'local'));
          const imported = nameOf(child(specifier, 'imported') ?? child(specifier, 'local'));
          const exported = nameOf(child(specifier, 'exported'));
          if (exported !== undefined) at(keyIn(file, exported)).references.add(keyIn(from, String(local)));
          else known.set(String(local), keyIn(from, String(imported)));
        }
        continue;
      }
      const inner = statement.type.startsWith('Export') ? child(statement, 'declaration') : statement;
      if (inner?.type === 'VariableDeclaration') {
        for (const one of listOf(inner.declarations)) {
          for (const name of namesMade(child(one, 'id'))) declared.push([name, one]);
        }
      } else if (inner?.type === 'FunctionDeclaration' || inner?.type === 'ClassDeclaration') {
        declared.push([String(nameOf(child(inner, 'id'))), inner]);
      } else if (inner) loose.push(inner);
    }
    for (const [name] of declared) known.set(name, keyIn(file, name));

    for (const [name, node] of declared) {
      const hooks = name.endsWith('Lifecycle') ? propertiesOf(child(node, 'init')) : [];
      for (const hook of hooks) note(hookKey(String(nameOf(child(hook, 'key')))), child(hook, 'value'));
      if (hooks.length === 0) note(keyIn(file, name), node);
      if (/^(add\w*|create)Services$/.test(name)) noteServices(node);
    }
    for (const statement of loose) {
      const call = child(statement, 'expression');
      if (call?.type === 'CallExpression') noteFields(call);
    }
  }

  for (const [file, text] of sources) readFile(file, text);
  const rootFields = [...declarations.keys()].flatMap((key) =>
    key.startsWith(rootKey('')) ? [key.slice(rootKey('').length)] : [],
  );

  return {
    rootFields: new Set(rootFields),
    computed,
    reachable(roots, fieldsBelow = []) {
      const throwers = new Map<string, Set<string>>();
      const seen = new Set<string>();
      const open = [...[...roots].map(rootKey), ...[...fieldsBelow].map(fieldKey)];
      for (let key = open.pop(); key !== undefined; key = open.pop()) {
        if (seen.has(key)) continue;
        seen.add(key);
        const found = declarations.get(key);
        for (const code of found?.codes ?? []) throwers.set(code, (throwers.get(code) ?? new Set()).add(key));
        open.push(...(found?.references ?? []));
      }
      return throwers;
    },
  };
}
