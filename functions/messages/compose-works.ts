import { MAX_CIRCUITS, facts as worksFacts } from '../../templates/works/facts.ts';
import { facts as answerFacts } from '../../templates/works-answer/facts.ts';
import { businessDaysBetween } from '../calendars/business-days.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { worstOf } from '../icalendar/maintenance.ts';
import type { Language } from '../money/format.ts';
import { circuitsFile } from './circuits-file.ts';
import { type Composed, parsed, type Surroundings, sellerOf } from './composed.ts';
import { diaryPart } from './diary-part.ts';
import type { Invitation } from './invitation.ts';
import { changesBetween } from './invitation-changes.ts';
import { type LetterInput, renderLetter } from './letter.ts';
import { feedUrls } from './links.ts';
import type { WorksMessage } from './message.ts';
import { type WaysOut, waysOut } from './ways-out.ts';
import { durationWords, windowWords, workingDaysWords } from './window-words.ts';
import { oneLine } from './words.ts';
import type { WorksFile } from './works-file.ts';
import { withPlainWorksNames } from './works-letter.ts';

/** Longer notice is not counted any further. */
const MAX_NOTICE = 366;

/** Composes an email about planned works; see compose.ts. */
export function composeWorks(message: WorksMessage, surroundings: Surroundings, file: WorksFile): Composed {
  const { language, publicOrigin } = surroundings;
  const { invitation } = file;
  const { oneClick, ...foot } = waysOut(message, surroundings);
  const input =
    message.kind === 'works-answer' ? answerInput(message, surroundings, invitation, foot) : worksInput(message, surroundings, file, foot);
  const circuits = input.kind === 'works' && input.facts.circuitsFile ? [circuitsFile(input.facts.circuitsFile, invitation)] : [];
  return {
    ...renderLetter(input, language, publicOrigin),
    neutral: renderLetter(withPlainNames(input), language, publicOrigin),
    language,
    attachments: [],
    files: circuits,
    calendar: diaryPart(message, surroundings, invitation),
    oneClick,
    replyTo: invitation.coordinator,
  };
}

type WorksInput = Extract<LetterInput, { kind: `works${string}` }>;
type Foot = Pick<WaysOut, 'settingsUrl' | 'unsubscribeUrl'>;

function worksInput(message: WorksMessage, surroundings: Surroundings, { invitation, before }: WorksFile, foot: Foot): WorksInput {
  const { language, timeZone } = surroundings;
  const { ocn, facts } = message;
  const { circuits } = invitation;
  const [start, end] = [new Date(invitation.start), new Date(invitation.end)];
  const window = windowWords(start, end, timeZone, language);
  const notice = noticeOf(invitation, surroundings);
  const hasMore = circuits.length > MAX_CIRCUITS;
  return {
    kind: 'works',
    facts: parsed(worksFacts, {
      ...sharedFacts(message, surroundings, invitation),
      ...foot,
      accounts: [...new Set(circuits.map(({ bcn }) => bcn))].slice(0, MAX_CIRCUITS).join(', '),
      variant: facts.variant,
      emergency: invitation.class === 'emergency',
      status: invitation.status,
      impact: worstOf(circuits.map(({ impact }) => impact)),
      subjectWindow: window.short,
      windowLocal: window.local,
      windowUtc: window.utc,
      downtime: downtimeWords(invitation.expectedDowntimeMinutes, language),
      notice: notice && workingDaysWords(notice.days, language),
      shortNotice: notice?.short,
      description: paragraphsOf(invitation.description),
      location: said(invitation.location),
      reference: said(invitation.reference),
      cancelReason: said(invitation.cancelReason),
      changes: before ? changesBetween(before, invitation, timeZone, language) : [],
      circuits: circuits.slice(0, MAX_CIRCUITS).map((circuit) => circuitOf(circuit, language)),
      circuitCount: circuits.length,
      circuitsFile: hasMore ? `circuits-${invitation.maintenanceId}.csv` : undefined,
      dataOnly: facts.act === 'data',
      feed: feedUrls(surroundings.publicOrigin, { ocn, contactId: message.contactId, number: surroundings.feed }, surroundings.linkKeys),
    }),
  };
}

function answerInput(message: WorksMessage, surroundings: Surroundings, invitation: Invitation, foot: Foot): WorksInput {
  const { language, timeZone } = surroundings;
  const { answer } = message.facts;
  const window = windowWords(new Date(invitation.start), new Date(invitation.end), timeZone, language);
  const proposed = answer?.start && answer.end ? windowWords(new Date(answer.start), new Date(answer.end), timeZone, language) : undefined;
  return {
    kind: 'works-answer',
    facts: parsed(answerFacts, {
      ...sharedFacts(message, surroundings, invitation),
      ...foot,
      subjectWindow: window.short,
      windowLocal: window.local,
      windowUtc: window.utc,
      proposedWindow: proposed?.local,
      ticketId: answer?.ticketId,
    }),
  };
}

function sharedFacts(
  { ocn, facts }: WorksMessage,
  { contact, legalEntity, from }: Surroundings,
  { worksId, title, coordinator }: Invitation,
) {
  return {
    contactName: oneLine(contact.name),
    customerName: oneLine(facts.customerName),
    ocn,
    worksId,
    title: oneLine(title),
    coordinator: { name: oneLine(coordinator?.name ?? legalEntity.name), email: coordinator?.email ?? from },
    seller: sellerOf(legalEntity),
  };
}

/** Working days of the seller's calendar from today to the window's day; what was agreed may be more. */
function noticeOf({ start, noticeDays }: Invitation, { legalEntity, now }: Surroundings): { days: number; short: boolean } | undefined {
  const { timeZone } = CALENDARS[legalEntity.calendar];
  const days = businessDaysBetween(legalEntity.calendar, localDate(now, timeZone), localDate(new Date(start), timeZone), MAX_NOTICE);
  if (days === MAX_NOTICE || new Date(start) <= now) return undefined;
  return { days, short: noticeDays !== undefined && days < noticeDays };
}

function circuitOf(
  { serviceId, product, aEnd, bEnd, impact, expectedDowntimeMinutes, bcn }: Invitation['circuits'][number],
  language: Language,
) {
  const ends = { aEnd: said(aEnd), bEnd: said(bEnd) };
  return { serviceId, product: said(product), ...ends, impact, downtime: downtimeWords(expectedDowntimeMinutes, language), account: bcn };
}

function downtimeWords(minutes: number | undefined, language: Language): string | undefined {
  return minutes === undefined ? undefined : durationWords(minutes, language);
}

function paragraphsOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => said(line) ?? []);
}

/** A text as one line; undefined when nothing is left of it. */
function said(text: string | undefined): string | undefined {
  const line = text === undefined ? '' : oneLine(text);
  return line === '' ? undefined : line;
}

function withPlainNames(input: WorksInput): WorksInput {
  if (input.kind === 'works') return { kind: input.kind, facts: withPlainWorksNames(input.facts) };
  return { kind: input.kind, facts: { ...input.facts, contactName: 'Contact', customerName: 'Customer', title: 'Works' } };
}
