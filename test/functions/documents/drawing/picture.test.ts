import { expect, test } from 'vitest';
import { pictureOf } from '../../../../functions/documents/drawing/picture.ts';
import { layoutDraft } from '../../../../functions/documents/layout/draft-pages.ts';
import { account, invoice } from '../samples.ts';

const pages = layoutDraft(invoice({ account: account({ name: '<b>"A" & Söhne</b>' }) })).pages;

test('a picture has every text of the page, as wide as on paper, and nothing that a browser would run or fetch', () => {
  for (const page of pages) {
    const { html } = pictureOf(page, 'Page <1>');
    const texts = page.items.filter((item) => item.kind === 'text' && item.text.trim() !== '');
    expect(html.match(/<text [^>]*textLength="[\d.]+"/g)).toHaveLength(texts.length);
    expect(html).toContain('aria-label="Page &lt;1&gt;"');
    expect(html).not.toMatch(/<script|<b>|style=|href|url\(|NaN|undefined/);
  }
  expect(pictureOf(pages[0] ?? { items: [] }, '').html).toContain('&lt;b&gt;&quot;A&quot; &amp; Söhne&lt;/b&gt;');
});

test('the mark of a draft stands across the page, rising to the right', () => {
  expect(pictureOf(pages[0] ?? { items: [] }, '').html).toMatch(/transform="rotate\(-52 [\d.]+ [\d.]+\)">ENTWURF, keine Rechnung</);
});

test('each kind of item is drawn where it stands', () => {
  const colour = [0, 128, 255] as const;
  const { html } = pictureOf(
    {
      items: [
        { kind: 'rule', x: 10, y: 20, width: 100, thickness: 2, colour },
        { kind: 'box', x: 1.234, y: 2, width: 3, height: 4, colour },
        { kind: 'shape', steps: [['M', 1, 2], ['C', 1, 2, 3, 4, 5, 6], ['Z']], colour },
      ],
    },
    'p',
  );
  expect(html).toContain('<rect x="10" y="19" width="100" height="2" fill="#0080ff"/>');
  expect(html).toContain('<rect x="1.23" y="2" width="3" height="4" fill="#0080ff"/>');
  expect(html).toContain('<path d="M1 2C1 2 3 4 5 6Z" fill="#0080ff"/>');
});
