import { migrateDatabase } from '../../../src/platform/database/migrate.ts';

const [url, folder] = process.argv.slice(2);
if (!url) throw new Error('Give a database URL.');
console.log(JSON.stringify(await migrateDatabase(url, folder)));
