import type { Caller, GraphContext } from '../../core/context.ts';
import type { BinAccess } from '../bin/access.ts';
import type { OperationInput } from './types.ts';

/** A field of operations. */
export type Field = Exclude<keyof OperationInput, 'type' | 'binName'>;
type Value<F extends Field> = NonNullable<OperationInput[F]>;

/** What a batch works on. */
export interface Batch {
  readonly context: GraphContext;
  readonly caller: Caller;
  readonly locationId: string;
  /** A live bin of the location that the caller, who is still a member, may see. Throws NOT_FOUND or FORBIDDEN. */
  readonly bin: (id: string, options?: { readonly trash: boolean }) => Promise<BinAccess>;
}

/** What an operation did. */
export interface Done {
  readonly details: string;
  /** The bin that was made; the one that was named unless given. */
  readonly made?: { readonly binId: string; readonly binName: string };
}

type Given<Required extends Field, Optional extends Field> = { readonly [F in Required]: Value<F> } & {
  readonly [F in Optional]?: Value<F> | undefined;
};

/** One kind of operation, whose fields are checked before it runs. */
export interface Operation {
  readonly required: readonly Field[];
  readonly optional: readonly Field[];
  readonly run: (batch: Batch, given: Given<Field, Field>) => Promise<Done>;
}

/** Declares a kind of operation; `run` gets the fields that it names, and they have their types. */
export function operation<Required extends Field, Optional extends Field = never>(definition: {
  readonly required: readonly Required[];
  readonly optional?: readonly Optional[];
  readonly run: (batch: Batch, given: Given<Required, Optional>) => Promise<Done>;
}): Operation {
  const { required, optional = [], run } = definition;
  return { required, optional, run: run as unknown as Operation['run'] };
}

/** A name as sentences quote it. */
export const quoted = (name: string): string => `“${name}”`;
