import { apis } from '../src/rest/apis/index.ts';
import { openApiOf } from '../src/rest/engine/openapi.ts';

/** The OpenAPI document of each API, so that a review shows every change of a documented API. */
export function openApiFiles(): Record<string, string> {
  return Object.fromEntries(
    apis.map((api) => [`docs/openapi/${api.name}.json`, `${JSON.stringify(openApiOf(api), null, 2)}\n`]),
  );
}
