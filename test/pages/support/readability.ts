import type { Page } from 'playwright-core';

/** Text whose contrast with its ground is below 4.5 to 1 (WCAG 2.2, 1.4.3), with the ratio. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = ([r = 0, g = 0, b = 0]: number[]) => {
      const linear = [r, g, b].map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
    };
    const groundOf = (start: Element) => {
      for (let element: Element | null = start; element; element = element.parentElement) {
        const ground = channels(getComputedStyle(element).backgroundColor);
        if (ground[3] !== 0) return ground;
      }
      return [255, 255, 255];
    };
    const faint: string[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      const text = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const own = text.map(({ textContent }) => textContent?.trim()).join('');
      if (!own || !element.checkVisibility()) continue;
      const [ink, ground] = [
        luminance(channels(getComputedStyle(element).color)),
        luminance(groundOf(element)),
      ];
      const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
      if (ratio < 4.5) faint.push(`${own} (${ratio.toFixed(1)})`);
    }
    return faint;
  });
}

/** Controls without a name that a screen reader could say. */
export function namelessControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('input, button, a')]
      .filter((element) => {
        const labels = 'labels' in element ? [...((element.labels as NodeListOf<Element> | null) ?? [])] : [];
        return ![element, ...labels].some(({ textContent }) => textContent?.trim());
      })
      .map((element) => element.outerHTML),
  );
}

/** True when the page must be pushed sideways to be read. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
