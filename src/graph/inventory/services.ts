import { type Services, wingServices } from '../core/services.ts';
import { type ActivityRecorder, createActivityRecorder } from './activity/recorder.ts';
import { type BinSearch, createBinSearch } from './search/binSearch.ts';
import { createItemSearch, type ItemSearch } from './search/itemSearch.ts';
import { createScheduler } from './search/scheduler.ts';

/** What only the resolvers of the inventory work with. */
export interface InventoryServices {
  readonly activity: ActivityRecorder;
  readonly binSearch: BinSearch;
  readonly itemSearch: ItemSearch;
}

const own = wingServices<InventoryServices>('inventory');

/** The inventory's own services. */
export const inventoryServices = own.of;

/** Puts them together, once a process. */
export function addInventoryServices(services: Services): void {
  const { database, background } = services;
  const scheduler = createScheduler();
  own.add(services, {
    activity: createActivityRecorder(database, background),
    binSearch: createBinSearch(database, scheduler),
    itemSearch: createItemSearch(database, scheduler),
  });
}
