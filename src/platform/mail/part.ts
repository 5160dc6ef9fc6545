const MAX_LINE_BYTES = 998;

/**
 * A text part as it is, when the standard allows that (lines up to 998 bytes; ASCII, or anything for a file), else left
 * to nodemailer to encode. It would encode every line over 76 characters, which cuts links in two for whoever opens the
 * file to click one.
 */
export function composePart(contentType: 'text/plain' | 'text/html', content: string, isForFile: boolean) {
  const lines = content.split(/\r\n|\r|\n/);
  const isAscii = /^[\t -~]*$/;
  const isPlain = lines.every((line) => isAscii.test(line));
  const fits = lines.every((line) => Buffer.byteLength(line) <= MAX_LINE_BYTES && !line.includes('\0'));
  if (!fits || (!isPlain && !isForFile)) return content;
  const headers = [
    `Content-Type: ${contentType}; charset=utf-8`,
    `Content-Transfer-Encoding: ${isPlain ? '7bit' : '8bit'}`,
  ];
  return { raw: [...headers, '', ...lines].join('\r\n') };
}
