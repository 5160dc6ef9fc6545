import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { bareSchema } from '../../src/graph/schema.ts';

type Field = GraphQLField<unknown, unknown>;

const types = Object.values(bareSchema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'));
const fieldsOf = (type: GraphQLObjectType | null | undefined): Field[] =>
  Object.values(type?.getFields() ?? {});

/** What a mutation takes and returns, as the schema prints it. */
function shapeOf({ args, type }: Field) {
  return { args: args.map((arg) => `${arg.name}: ${arg.type}`), type: String(type) };
}

function followsConvention(field: Field): boolean {
  const name = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
  const { args, type } = shapeOf(field);
  return args.length === 1 && args[0] === `input: ${name}Input!` && type === `${name}Payload!`;
}

const withName = (type: GraphQLObjectType, name: string) => `${type.name}.${name}`;

describe('A mutation', () => {
  it('takes one input and returns a payload, both of its own name', () => {
    const others = fieldsOf(bareSchema.getMutationType()).filter((field) => !followsConvention(field));
    expect(others.map(({ name }) => name)).toEqual([]);
  });
});

describe('A list', () => {
  it('is not called "results"', () => {
    const named = types.flatMap((type) =>
      fieldsOf(type)
        .filter(({ name }) => name === 'results')
        .map(({ name }) => withName(type, name)),
    );
    expect(named).toEqual([]);
  });

  it('that has pages has nodes, edges, pageInfo and totalCount', () => {
    const incomplete = types
      .filter(({ name }) => name.endsWith('Connection'))
      .filter((type) => {
        const { nodes, edges, pageInfo, totalCount } = type.getFields();
        if (!nodes || !edges || !pageInfo || !totalCount) return true;
        const list = isNonNullType(nodes.type) ? nodes.type.ofType : nodes.type;
        return !isListType(list) || String(totalCount.type) !== 'Int!';
      });
    expect(incomplete.map(({ name }) => name)).toEqual([]);
  });
});

describe('A query', () => {
  it('for one thing by its id may find nothing', () => {
    const lookups = fieldsOf(bareSchema.getQueryType())
      .filter(({ args }) => args.some(({ name }) => name === 'id'))
      .filter(({ type }) => isNonNullType(type) && isObjectType(getNamedType(type)));
    expect(lookups.map(({ name }) => name)).toEqual([]);
  });
});

describe('The viewer', () => {
  /** What root fields return that belongs to no account, or is for those who do not belong to it yet. */
  const others = ['Credential', 'InvitePreview', 'ServiceInfo', 'SharedVpnPassword'];

  it('leads to every type of what belongs to an account', () => {
    const reached = new Set<string>(['Account']);
    for (const name of reached) {
      const type = bareSchema.getType(name);
      for (const field of isObjectType(type) ? fieldsOf(type) : []) {
        const to = getNamedType(field.type);
        if (isObjectType(to)) reached.add(to.name);
      }
    }
    /** The rows of a page, and anything else itself. */
    const shown = (type: GraphQLObjectType) => {
      const { nodes } = type.getFields();
      return nodes && type.name.endsWith('Connection') ? getNamedType(nodes.type) : type;
    };
    const missing = fieldsOf(bareSchema.getQueryType())
      .map(({ type }) => getNamedType(type))
      .filter(isObjectType)
      .map((type) => shown(type).name)
      .filter((name) => !reached.has(name) && !others.includes(name));
    expect(missing).toEqual([]);
    expect(others.filter((name) => reached.has(name))).toEqual([]);
  });

  it('leads to each list of a location and of a bin that a root field gives by their ids', () => {
    const of = (type: string) => Object.keys((bareSchema.getType(type) as GraphQLObjectType).getFields());
    const roots = (arg: string) =>
      fieldsOf(bareSchema.getQueryType())
        .filter(({ args }) => args.some(({ name }) => name === arg))
        .map(({ name }) => name);
    expect(of('Location')).toEqual(expect.arrayContaining(roots('locationId')));
    const ofBin = roots('binId').map((name) => name.replace(/^bin(.)/, (_all, first) => first.toLowerCase()));
    expect(of('Bin')).toEqual(expect.arrayContaining(ofBin));
    expect(roots('locationId').length + ofBin.length).toBeGreaterThan(5);
  });
});

describe('A scalar', () => {
  it('says which TypeScript type clients have for it', () => {
    const scalars = Object.values(bareSchema.getTypeMap())
      .filter(isScalarType)
      .filter((type) => !isSpecifiedScalarType(type));
    expect(
      Object.fromEntries(scalars.map(({ name, extensions }) => [name, extensions.codegenScalarType])),
    ).toEqual({
      BigInt: 'number',
      DateTime: 'string',
      JSON: 'unknown',
    });
  });
});
