import './shoppingList.ts';
import './addEntries.ts';
import './removeEntry.ts';
import './purchaseEntry.ts';
