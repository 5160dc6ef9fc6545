import type { Api } from '../../rest/engine/api.ts';
import { referenceOf } from '../reference/reference.ts';
import { escapeHtml } from './escapeHtml.ts';

/** An API with its base and the two forms of its reference. */
function entry(api: Api): string {
  const { name, title, description } = api;
  return `        <li>
          <a class="name" href="${escapeHtml(referenceOf(api))}">${escapeHtml(title)}</a>
          <span>${escapeHtml(description)}
            <br><span class="paths">Base <code>/${name}</code> · <a href="openapi/${name}.json">OpenAPI</a></span></span>
        </li>`;
}

/** The landing page: the template with one entry for each API. */
export function homePage(template: string, apis: readonly Api[]): string {
  return template.replace('<!-- apis -->', () => apis.map(entry).join('\n'));
}
