// Counts an account's lockSequence up by interactive transactions that read first and write then.
import { openDatabase } from '../../../src/platform/database/database.ts';

const [url, id, times] = process.argv.slice(2);
const { db, close } = await openDatabase(url ?? '');
for (let done = 0; done < Number(times); done += 1) {
  await db.$transaction(async (tx) => {
    const { lockSequence } = await tx.account.findUniqueOrThrow({ where: { id } });
    await tx.account.update({ where: { id }, data: { lockSequence: lockSequence + 1 } });
  });
}
await close();
