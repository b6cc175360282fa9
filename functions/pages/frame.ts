import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';
import { STYLE } from './style.ts';

/** No script, no picture, no frame, nothing from anybody else: only the page's own style, and forms that come back to us. */
function contentSecurityPolicy(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of every answer with a page of this style: never kept, never told to others, never indexed. */
export function headersFor(style: string) {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(style),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
  } as const;
}

/** Of every answer of the public pages. */
export const PAGE_HEADERS = headersFor(STYLE);

/** What stands on a page. */
interface Card {
  /** Who writes: the selling company; empty where nobody knows. */
  readonly sender: string;
  readonly body: Html | readonly Html[];
  /** Small print, a paragraph each. */
  readonly foot?: readonly string[];
}

/**
 * A whole page.
 * @param language as HTML's `lang` takes it (BCP 47)
 * @param style the one that the page's headers allow
 */
export function frame(language: string, title: string, body: Html, style: string = STYLE): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
${body}
</body>
</html>
`.html;
}

/** One column: who writes, a card, small print. */
export function card({ sender, body, foot = [] }: Card): Html {
  const paragraphs = foot.map((text) => html`<p>${text}</p>`);
  return html`<header>${sender}</header>
<main><div class="card">
${body}
</div></main>
<footer>${paragraphs}</footer>`;
}
