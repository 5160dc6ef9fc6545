import { getDatamodel } from '../../generated/pothos.ts';
import { Prisma } from '../../generated/sqlite/client.ts';
import type { Engine } from '../../platform/database/url.ts';

/** How the driver returns the values of a type that JSON has no form for, and what becomes of them. */
interface Conversion {
  /** Casts a column to text where drivers would return something of their own. */
  readonly asText: { readonly [E in Engine]: boolean };
  readonly decode: (value: unknown) => unknown;
}

/** Prisma stores `2026-05-26T19:48:12.000+00:00` on SQLite; PostgreSQL writes `2026-05-26 19:48:12`, which is UTC. */
function decodeTimestamp(value: unknown): Date {
  const text = value as string;
  return new Date(text.includes('T') ? text : `${text.replace(' ', 'T')}Z`);
}

const conversions: Readonly<Record<string, Conversion>> = {
  DateTime: { asText: { sqlite: false, postgresql: true }, decode: decodeTimestamp },
  // As text: numbers of the driver lose what is beyond 2^53.
  BigInt: { asText: { sqlite: true, postgresql: true }, decode: (value) => BigInt(value as string) },
  Json: { asText: { sqlite: true, postgresql: true }, decode: (value) => JSON.parse(value as string) },
  Boolean: { asText: { sqlite: false, postgresql: false }, decode: (value) => value === true || value === 1 },
};

/** The columns of a table in a hand-written SELECT, whose rows come out as Prisma's client would return them. */
export interface TableRows<Row> {
  /** The columns of the table called `alias`, for behind SELECT; each has its own name. */
  columns(engine: Engine, alias: string): Prisma.Sql;
  /** Converts the values of a row of `Database.read` in place; columns of other tables stay as they are. */
  decode(row: object): Row;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly kind: string;
}

const { models } = (getDatamodel() as { datamodel: { models: Record<string, { fields: readonly Field[] }> } })
  .datamodel;

/**
 * Makes the columns of a model's table. Reading by them straight from the driver takes a fraction of what
 * Prisma's client takes for the same rows, and they follow the models.
 * @param only the columns that are read; all of them unless given
 */
export function tableRows<Row>(
  model: Prisma.ModelName,
  only?: readonly (keyof Row & string)[],
): TableRows<Row> {
  const fields = (models[model]?.fields ?? []).filter(
    ({ name, kind }) => kind !== 'object' && (!only || (only as readonly string[]).includes(name)),
  );
  const converted = fields.flatMap(({ name, type }) => {
    const conversion = conversions[type];
    return conversion ? [{ name, ...conversion }] : [];
  });
  const known = new Map<string, Prisma.Sql>();

  function write(engine: Engine, alias: string): Prisma.Sql {
    const columns = fields.map(({ name, type }) => {
      const column = `${alias}."${name}"`;
      return conversions[type]?.asText[engine] ? `CAST(${column} AS text) AS "${name}"` : column;
    });
    return Prisma.raw(columns.join(', '));
  }

  return {
    columns(engine, alias) {
      const key = `${engine} ${alias}`;
      const sql = known.get(key) ?? write(engine, alias);
      known.set(key, sql);
      return sql;
    },
    decode(row) {
      const values = row as Record<string, unknown>;
      for (const { name, decode } of converted) {
        const value = values[name];
        if (value !== null && value !== undefined) values[name] = decode(value);
      }
      return row as Row;
    },
  };
}
