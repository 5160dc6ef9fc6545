import './checkouts.ts';
import './checkOutItem.ts';
import './returnItem.ts';
import './bulkCheckOut.ts';
import './bulkReturn.ts';
