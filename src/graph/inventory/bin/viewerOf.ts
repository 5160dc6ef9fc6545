import type { GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import type { BinRow } from './rows.ts';

/** Whose eyes a bin is seen with: one who has just signed in is not the caller. */
export const viewerOf = ({ viewerId }: Pick<BinRow, 'viewerId'>, context: GraphContext): string =>
  viewerId ?? requireCaller(context).account.id;
