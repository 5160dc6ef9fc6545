import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { lockLocationAs } from '../location/roles.ts';
import type { TagWriter } from './retag.ts';
import { StyleBook } from './styleBook.ts';

/** Changes the tags of a location, on bins by `writer` and in how they are shown by `book`; all of it or nothing. Throws FORBIDDEN. */
export async function changeTags<Result>(
  context: GraphContext,
  locationId: string,
  change: (writer: TagWriter, book: StyleBook) => Result | Promise<Result>,
): Promise<Result> {
  const json = jsonSql(context.services.database);
  const caller = requireCaller(context);
  const scope = { locationId, accountId: caller.account.id };
  return context.db.$transaction(async (tx) => {
    await lockLocationAs(tx, caller, locationId, 'MEMBER');
    const book = new StyleBook(await tx.tagStyle.findMany({ where: { locationId } }));
    const result = await change({ tx, json, scope }, book);
    await book.save(tx, json, locationId);
    return result;
  });
}
