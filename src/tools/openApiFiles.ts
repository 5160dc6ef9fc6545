import { openApiOf } from '../rest/engine/openapi.ts';
import { surfaces } from '../rest/surfaces/index.ts';

/** The OpenAPI document of each surface, so that a review shows every change of a documented API. */
export function openApiFiles(): Record<string, string> {
  return Object.fromEntries(
    surfaces.map((surface) => [
      `docs/openapi/${surface.name}.json`,
      `${JSON.stringify(openApiOf(surface), null, 2)}\n`,
    ]),
  );
}
