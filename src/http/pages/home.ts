import type { Surface } from '../../rest/engine/surface.ts';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A surface with its base and the two forms of its reference. */
function entry({ name, title, description }: Surface): string {
  const reference = `docs?urls.primaryName=${encodeURIComponent(title)}`;
  return `        <li>
          <a class="name" href="${escapeHtml(reference)}">${escapeHtml(title)}</a>
          <span>${escapeHtml(description)}
            <br><span class="paths">Base <code>/${name}</code> · <a href="openapi/${name}.json">OpenAPI</a></span></span>
        </li>`;
}

/** The landing page: the template with one entry for each surface. */
export function homePage(template: string, surfaces: readonly Surface[]): string {
  return template.replace('<!-- surfaces -->', () => surfaces.map(entry).join('\n'));
}
