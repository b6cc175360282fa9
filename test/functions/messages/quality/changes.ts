import type { Candidate } from '../../../../functions/messages/quality/candidate.ts';

/** Makes of a good email another one. */
export type Change = (good: Candidate) => Candidate;

/** What a reader of HTML and text sees, changed in both. */
export const told =
  (change: (text: string) => string): Change =>
  (good) => ({
    ...good,
    mail: { ...good.mail, ...both(good.mail, change), neutral: { ...good.mail.neutral, ...both(good.mail.neutral, change) } },
  });
export const mail =
  (change: (mail: Candidate['mail']) => Partial<Candidate['mail']>): Change =>
  (good) => ({ ...good, mail: { ...good.mail, ...change(good.mail) } });
export const html = (change: (html: string) => string) =>
  mail((whole) => ({ html: change(whole.html), neutral: neutralOf(whole, { html: change }) }));
export const text = (change: (text: string) => string) =>
  mail((whole) => ({ text: change(whole.text), neutral: neutralOf(whole, { text: change }) }));
export const header =
  (name: string, value: string | undefined): Change =>
  (good) => {
    const headers = new Map(good.headers);
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
    return { ...good, headers };
  };
export const end = (addition: string) => html((whole) => whole.replace('</body>', `${addition}</body>`));

/** A link in both parts. */
export function everywhere(url: string): Change {
  return told((whole) => insert(whole, whole.includes('</body>') ? `<a href="${url}">x</a>` : url));
}

function both<T extends { html: string; text: string }>({ html: inHtml, text: inText }: T, change: (text: string) => string) {
  return { html: change(inHtml), text: change(inText) };
}

function neutralOf({ neutral }: Candidate['mail'], change: { html?: (html: string) => string; text?: (text: string) => string }) {
  return { ...neutral, html: change.html?.(neutral.html) ?? neutral.html, text: change.text?.(neutral.text) ?? neutral.text };
}

export function insert(whole: string, addition: string): string {
  return whole.includes('</body>') ? whole.replace('</body>', `<p>${addition}</p></body>`) : `${whole}\n${addition}`;
}
