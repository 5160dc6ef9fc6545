import type { OutputRef } from '@pothos/core';
import { builder } from './builder.ts';

/**
 * The payload type of a mutation that changes one thing, which it shows under its own name. What the
 * resolver returns is that thing itself.
 *
 * @param mutation the name of the mutation field, such as `createTunnel`
 * @param field what the thing is called, such as `tunnel` or `deletedTunnelId`
 */
export function payloadOf<Row extends object | string | number>(
  mutation: string,
  field: string,
  type: OutputRef<Row> | (Row extends string ? 'ID' : Row extends number ? 'Int' : never),
  description: string,
) {
  return builder.objectRef<Row>(`${mutation[0]?.toUpperCase()}${mutation.slice(1)}Payload`).implement({
    description: `What \`${mutation}\` answers.`,
    fields: (t) => ({ [field]: t.field({ type, description, resolve: (row) => row as never }) }),
  });
}
