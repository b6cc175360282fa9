import { sellerOf } from '../composed.ts';
import { documentGrant, feedGrant, preferencesGrant, reviewGrant, unsubscribeGrant } from '../links.ts';
import { isAboutDocuments, isAboutFirstInvoice } from '../message.ts';
import type { MailFacts } from '../message-content.ts';
import type { Candidate, Rules } from './candidate.ts';
import { figuresIn, linksOfHtml, linksOfText, readable, withoutLinks } from './reading.ts';
import { requiredFacts } from './required-facts.ts';

/** Shorter words with a figure are times, days and small numbers; as identifiers they would be found everywhere. */
const SHORTEST = 4;
const ID = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{3,63}$/;

type Told = Omit<Candidate, 'foreign' | 'repeats'>;

/** That nobody reads of somebody else. Nobody may let such an email through: it would be another customer's data. */
export const IDENTIFIERS: Rules = {
  'no identifier of another account is in it': ({ foreign }) => foreign,
  'the works are told of the circuits of this customer': ({ message, invitation }) =>
    invitation === undefined || invitation.ocn === message.ocn ? [] : [`they are those of customer ${invitation.ocn}`],
  'every link opens the pages of this contact': (candidate) => {
    const { mail, publicOrigin } = candidate;
    const links = new Set(
      [...linksOfHtml(mail.html), ...linksOfText(mail.neutral.text)].filter((url) => url.startsWith(`${publicOrigin}/`)),
    );
    return [...links]
      .map((url) => new URL(url).pathname.slice(1))
      .filter((path) => isForeign(path, candidate))
      .map(shortPath);
  },
};

/**
 * What in subject, body and names of attachments may be somebody's customer or account number: words with a figure, whole and in their parts,
 * that are no fact of this email's own. The directory knows which of them are.
 */
export function identifiersIn(candidate: Told): string[] {
  const { mail, invitation } = candidate;
  // An email may leave out what the calendar part says.
  const { title, description, location, reference, cancelReason } = invitation ?? {};
  const written = [title, description, location, reference, cancelReason].filter((text) => text !== undefined);
  const names = [...mail.attachments, ...mail.files].map(({ filename }) => filename);
  const told = [mail.subject, readable(mail.html), mail.text, ...written, ...names].map(withoutLinks).join('\n');
  const own = new Set(ownTexts(candidate).flatMap(figuresIn).flatMap(partsOf));
  return [...new Set(figuresIn(told).flatMap(partsOf))].filter((word) => ID.test(word) && !own.has(word));
}

/** What stands in the email because it is the reader's own, or the seller's, whoever has the same number besides. */
function ownTexts(candidate: Told): string[] {
  const { message, contact, legalEntity, invitation } = candidate;
  const { name, email, phone, lines } = sellerOf(legalEntity);
  const circuits = (invitation?.circuits ?? []).map(({ bcn }) => bcn);
  const account =
    isAboutDocuments(message) || isAboutFirstInvoice(message) ? [message.bcn, message.facts.period, message.facts.accountName] : [];
  const files = isAboutDocuments(message) ? filesOf(message.facts) : [];
  const named = [message.facts.customerName, contact.name, name, email, phone, ...lines];
  return [...Object.values(requiredFacts(candidate)), ...circuits, ...account, ...files, ...named];
}

function filesOf({ documentKind, number, correction }: MailFacts): string[] {
  return [`${documentKind}-${number}.pdf`, ...(correction ? [`credit-note-${correction.creditNote}.pdf`] : [])];
}

/** A word, and what stands between its marks: `cdr-B4711-2026-10.csv` names an account, `FRA/FRA/LE-100234` might. */
function partsOf(word: string): string[] {
  const parts = word.split(/[^A-Za-z0-9]+/);
  return [word, ...parts].filter((part) => part.length >= SHORTEST && /\d/.test(part));
}

function isForeign(path: string, { message, linkKeys }: Candidate): boolean {
  const [page, token = ''] = path.split('/');
  const isOwn = (grant: { ocn: string; contactId: string } | undefined) =>
    grant?.ocn === message.ocn && grant.contactId === message.contactId;
  switch (page) {
    case 'd': {
      const grant = documentGrant(token, linkKeys);
      return !isOwn(grant) || grant?.bcn !== message.bcn;
    }
    case 'r': {
      const grant = reviewGrant(token, linkKeys);
      return !isOwn(grant) || grant?.bcn !== message.bcn || !isAboutFirstInvoice(message) || grant.version !== message.facts.version;
    }
    case 'u':
      return !isOwn(unsubscribeGrant(token, linkKeys));
    case 'p':
      return !isOwn(preferencesGrant(token, linkKeys));
    case 'calendar':
      return !isOwn(feedGrant(token, linkKeys));
    default:
      return true;
  }
}

/** A link without its token: a reason is read by people who must not be able to follow it. */
function shortPath(path: string): string {
  return `/${path.split('/')[0]}/...`;
}
