import { card, frame } from './frame.ts';
import { html } from './html.ts';

/** Nobody knows who reads the "not found" page, so it speaks every language. */
const NOT_FOUND_WORDS = [
  {
    language: 'en',
    title: 'This link does not work',
    advice: 'Please open the link in your latest email from us, or reply to that email.',
  },
  {
    language: 'de',
    title: 'Dieser Link funktioniert nicht',
    advice: 'Bitte öffnen Sie den Link aus unserer letzten E-Mail an Sie oder antworten Sie auf diese E-Mail.',
  },
  {
    language: 'fr',
    title: 'Ce lien ne fonctionne pas',
    advice: 'Ouvrez le lien de notre dernier e-mail ou répondez à cet e-mail.',
  },
] as const;

/** The one answer to every link that opens nothing: unknown, not yet published, somebody else's, tampered with. */
export function notFoundPage(): string {
  const sections = NOT_FOUND_WORDS.map(
    ({ language, title, advice }, index) =>
      html`<section lang="${language}">${index === 0 ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}<p>${advice}</p></section>`,
  );
  return frame('en', NOT_FOUND_WORDS[0].title, card({ sender: '', body: sections }));
}
