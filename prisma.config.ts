import { defineConfig } from 'prisma/config';

// For Prisma's own command line (`npx prisma migrate status`, `npx prisma studio` …): the engine that
// DATABASE_URL names. `npm run generate` writes the schemas; the server needs none of this.
const url = process.env.DATABASE_URL ?? 'file:./data/latchkey.db';
const engine = url.startsWith('file:') ? 'sqlite' : 'postgresql';

export default defineConfig({
  schema: `.cache/prisma/${engine}/schema.prisma`,
  migrations: { path: `prisma/migrations/${engine}` },
  datasource: { url },
});
