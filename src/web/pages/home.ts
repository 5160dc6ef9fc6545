import type { Api } from '../../rest/engine/api.ts';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An API with its base and the two forms of its reference. */
function entry({ name, title, description }: Api): string {
  const reference = `docs?urls.primaryName=${encodeURIComponent(title)}`;
  return `        <li>
          <a class="name" href="${escapeHtml(reference)}">${escapeHtml(title)}</a>
          <span>${escapeHtml(description)}
            <br><span class="paths">Base <code>/${name}</code> · <a href="openapi/${name}.json">OpenAPI</a></span></span>
        </li>`;
}

/** The landing page: the template with one entry for each API. */
export function homePage(template: string, apis: readonly Api[]): string {
  return template.replace('<!-- apis -->', () => apis.map(entry).join('\n'));
}
