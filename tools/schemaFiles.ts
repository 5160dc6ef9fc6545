import { outputIntrospectionFile } from '@gql.tada/internal';
import { introspectionFromSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { bareSchema } from '../src/graph/schema.ts';

/** The generated files of the graph: path below the repository and content. */
export function schemaFiles(): Record<string, string> {
  const sorted = lexicographicSortSchema(bareSchema);
  return {
    'schema.graphql': `${printSchema(sorted)}\n`,
    // Not in the repository: `npm run generate` makes it from schema.graphql.
    'src/generated/introspection.d.ts': outputIntrospectionFile(
      introspectionFromSchema(sorted, { descriptions: false }),
      { fileType: '.d.ts', shouldPreprocess: true },
    ),
  };
}
