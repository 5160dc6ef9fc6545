import type { InputFieldMap, InputShapeFromFields, InterfaceParam } from '@pothos/core';
import type { RelayMutationPayloadOptions } from '@pothos/plugin-relay';
import type { builder } from './builder.ts';

type Types = typeof builder.$inferSchemaTypes;

/** The last argument of `builder.relayMutationField`, where several mutations return the same. */
export type Payload<Shape, Interfaces extends InterfaceParam<Types>[] = []> = RelayMutationPayloadOptions<
  Types,
  Shape,
  Interfaces
>;

/** The fields of a mutation's input, apart from the mutation, for functions that take an {@link InputOf} them. */
export const inputFieldsOf = <Fields extends InputFieldMap>(
  fields: (t: PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>) => Fields,
) => fields;

/** What a resolver gets for the fields of an input. */
export type InputOf<Fields extends (t: never) => InputFieldMap> = InputShapeFromFields<ReturnType<Fields>>;
