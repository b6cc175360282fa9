import { leadsToUs } from '../letter.ts';
import { preferencesGrant } from '../links.ts';
import type { Candidate, Rules } from './candidate.ts';
import { linksOfHtml, linksOfText } from './reading.ts';

/** Where an email leads. */
export const LINKS: Rules = {
  'every link leads to our own pages': ({ mail, publicOrigin }) =>
    [...linksOfHtml(mail.html), ...linksOfText(mail.neutral.text)].filter((url) => !leadsToUs(url, publicOrigin)),
  'our own pages are https': ({ publicOrigin }) => (isSafe(new URL(publicOrigin)) ? [] : [publicOrigin]),
  "its foot leads to the reader's settings": (candidate) => [
    ...(opensSettings(linksOfHtml(candidate.mail.html), candidate) ? [] : ['not in the HTML']),
    ...(opensSettings(linksOfText(candidate.mail.text), candidate) ? [] : ['not in the text']),
  ],
};

/** The local cloud has no certificate: there, and only there, http will do. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

function opensSettings(urls: readonly string[], { message, publicOrigin, linkKeys }: Candidate): boolean {
  const page = `${publicOrigin}/p/`;
  const grants = urls.flatMap((url) => (url.startsWith(page) ? [preferencesGrant(url.slice(page.length), linkKeys)] : []));
  return grants.some((grant) => grant?.ocn === message.ocn && grant.contactId === message.contactId);
}
