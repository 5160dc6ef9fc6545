import { changeArea, removeArea } from './areaOperations.ts';
import { changeBin, copyBin, makeBin, trashBin, untrashBin } from './binOperations.ts';
import { bringBack, checkOut } from './checkoutOperations.ts';
import { addTheItems, modifyItem, removeTheItems, reorderTheItems, setQuantity } from './itemOperations.ts';
import type { Operation } from './operation.ts';
import { pin, unpin } from './pinOperations.ts';
import { setArea, setColor, setIcon, setNotes } from './placeOperations.ts';
import { addTags, modifyTag, removeTags, setTagColor } from './tagOperations.ts';
import type { OperationType } from './types.ts';

/** All that a batch can do (OpenBin 22). */
export const operations: Readonly<Record<OperationType, Operation>> = {
  CREATE_BIN: makeBin,
  UPDATE_BIN: changeBin,
  DELETE_BIN: trashBin,
  RESTORE_BIN: untrashBin,
  DUPLICATE_BIN: copyBin,
  ADD_ITEMS: addTheItems,
  REMOVE_ITEMS: removeTheItems,
  MODIFY_ITEM: modifyItem,
  SET_ITEM_QUANTITY: setQuantity,
  REORDER_ITEMS: reorderTheItems,
  ADD_TAGS: addTags,
  REMOVE_TAGS: removeTags,
  MODIFY_TAG: modifyTag,
  SET_TAG_COLOR: setTagColor,
  SET_AREA: setArea,
  SET_NOTES: setNotes,
  SET_ICON: setIcon,
  SET_COLOR: setColor,
  PIN_BIN: pin,
  UNPIN_BIN: unpin,
  RENAME_AREA: changeArea,
  DELETE_AREA: removeArea,
  CHECKOUT_ITEM: checkOut,
  RETURN_ITEM: bringBack,
};
