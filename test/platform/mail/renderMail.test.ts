import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMail } from '../../../src/platform/mail/renderMail.ts';

const content = {
  title: 'Confirm your address',
  paragraphs: ['Somebody registered it.', 'The link works once.'],
  action: { label: 'Confirm', url: 'https://example.com/verify?token=abc&email=a%40b.c' },
  code: '042424',
  footer: 'If it was not you, do nothing.',
};

describe('a mail', () => {
  it('says the same in text and in HTML', () => {
    const { text, html } = renderMail(content);
    for (const part of [
      content.title,
      ...content.paragraphs,
      content.action.label,
      content.code,
      content.footer,
    ]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain('\nhttps://example.com/verify?token=abc&email=a%40b.c\n');
    expect(html).toContain('href="https://example.com/verify?token=abc&amp;email=a%40b.c"');
  });

  it('needs a title only', () => {
    expect(renderMail({ title: 'Hello', paragraphs: [] }).text).toBe('Hello\n');
  });

  it('loads nothing from anywhere and fits a small screen', () => {
    const { html } = renderMail(content);
    expect(html).not.toMatch(/<(img|link|script|iframe|style)|src=|@import|url\(/i);
    expect(html).toContain('name="viewport"');
    expect(html).toContain('max-width:');
  });

  it('lets no text become markup', () => {
    const evil = '"><img src=x onerror=alert(1)>\'&<script>';
    const { html } = renderMail({
      title: evil,
      paragraphs: [evil],
      action: { label: evil, url: `https://example.com/${evil}` },
      code: evil,
      footer: evil,
    });
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<script>');
    expect(html).not.toContain(evil);
  });

  it('has the same tags and attributes whatever its texts are', () => {
    const shape = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/href="[^"]*"/, 'href'));
    const expected = shape(renderMail(content).html);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const { html } = renderMail({
          title: a,
          paragraphs: [b, a],
          action: { label: b, url: `https://example.com/?${b}` },
          code: a,
          footer: b,
        });
        expect(shape(html)).toEqual(expected);
      }),
    );
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//example.com', ''])('does not link to %j', (url) => {
    expect(() => renderMail({ ...content, action: { label: 'x', url } })).toThrow(TypeError);
  });
});
