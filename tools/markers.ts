/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function betweenMarkers(text: string, name: string, content: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  return text.replace(pattern, (_all, start: string, end: string) => `${start}\n${content}\n\n${end}`);
}
