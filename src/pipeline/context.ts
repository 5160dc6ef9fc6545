import type { Caller, GraphContext, RequestInfo } from '../graph/core/context.ts';
import type { Services } from '../graph/core/services.ts';

/** Creates the context of a request. Nothing else creates one, whichever entry point the request came by. */
export function createContext(services: Services, request: RequestInfo, caller: Caller | null): GraphContext {
  return { db: services.database.db, services, request, caller };
}
