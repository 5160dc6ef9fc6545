import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, it } from 'vitest';
import { bareSchema } from '../../src/graph/schema.ts';

/** Where something of the graph has no description. */
function undescribed(): string[] {
  const missing: string[] = [];
  const look = (where: string, thing: { readonly description?: string | null | undefined }) => {
    if (!thing.description?.trim()) missing.push(where);
  };
  for (const type of Object.values(bareSchema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
  }
  for (const directive of bareSchema.getDirectives()) {
    if (!isSpecifiedDirective(directive)) look(`@${directive.name}`, directive);
  }
  return missing;
}

it('everything of the graph is described: types, fields, arguments, inputs, enum values, directives', () => {
  expect(undescribed()).toEqual([]);
});
