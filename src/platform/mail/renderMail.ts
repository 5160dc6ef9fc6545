/** What a mail says; all of it is text, none of it markup. */
export interface MailContent {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A button; the text part shows the URL in full. */
  readonly action?: { readonly label: string; readonly url: string } | undefined;
  /** A code to type in, shown large. */
  readonly code?: string | undefined;
  /** A smaller link below, for whom the mail does not concern. */
  readonly otherwise?: { readonly text: string; readonly url: string } | undefined;
  readonly footer?: string | undefined;
}

/** Both parts of a mail. */
export interface RenderedMail {
  readonly text: string;
  readonly html: string;
}

const FONT = 'font-family:system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif';

/** Renders text and HTML with the same content. Throws TypeError when a URL is not http or https. */
export function renderMail(content: MailContent): RenderedMail {
  for (const link of [content.action, content.otherwise]) {
    if (link !== undefined && !/^https?:\/\//i.test(link.url))
      throw new TypeError('A mail links to http and https only.');
  }
  return { text: renderText(content), html: renderHtml(content) };
}

function renderText({ title, paragraphs, action, code, otherwise, footer }: MailContent): string {
  const blocks = [title, ...paragraphs];
  if (code !== undefined) blocks.push(code);
  if (action !== undefined) blocks.push(`${action.label}:\n${action.url}`);
  if (otherwise !== undefined) blocks.push(`${otherwise.text}\n${otherwise.url}`);
  if (footer !== undefined) blocks.push(`-- \n${footer}`);
  return `${blocks.join('\n\n')}\n`;
}

function renderHtml({ title, paragraphs, action, code, otherwise, footer }: MailContent): string {
  const rows = [`<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escapeHtml(title)}</h1>`];
  for (const paragraph of paragraphs) {
    rows.push(`<p style="margin:0 0 16px;font-size:16px;line-height:1.5">${escapeHtml(paragraph)}</p>`);
  }
  if (code !== undefined) rows.push(renderCode(code));
  if (action !== undefined) rows.push(renderAction(action));
  if (otherwise !== undefined) rows.push(renderOtherwise(otherwise));
  if (footer !== undefined) {
    rows.push(
      `<p style="margin:24px 0 0;font-size:13px;line-height:1.5;color:#5b6270">${escapeHtml(footer)}</p>`,
    );
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(title)}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f3f4f6;color:#16181d;${escapeHtml(FONT)}">
<div style="max-width:560px;margin:0 auto;padding:32px 24px;background:#ffffff;border-radius:8px">
${rows.join('\n')}
</div>
</body>
</html>
`;
}

function renderCode(code: string): string {
  const style =
    'margin:0 0 16px;font-size:32px;letter-spacing:6px;font-weight:700;font-family:ui-monospace,monospace';
  return `<p style="${style}">${escapeHtml(code)}</p>`;
}

function renderAction({ label, url }: { label: string; url: string }): string {
  const style =
    'display:inline-block;padding:12px 20px;border-radius:6px;background:#1f4fd8;color:#ffffff;text-decoration:none;font-weight:600';
  const small = 'margin:0 0 16px;font-size:13px;line-height:1.5;color:#5b6270;word-break:break-all';
  return `<p style="margin:0 0 16px"><a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a></p>
<p style="${small}">${escapeHtml(url)}</p>`;
}

function renderOtherwise({ text, url }: { text: string; url: string }): string {
  const style = 'margin:24px 0 0;font-size:14px;line-height:1.5;color:#5b6270;word-break:break-all';
  return `<p style="${style}">${escapeHtml(text)}<br><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
