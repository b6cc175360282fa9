import { type Alarm, createEvent } from 'ics';
import MailComposer from 'nodemailer/lib/mail-composer';
import { localDate } from '../../functions/calendars/dates.ts';
import type { LegalEntity } from '../../functions/directory/records.ts';
import { composeWorks } from '../../functions/messages/compose-works.ts';
import type { Composed, Surroundings } from '../../functions/messages/composed.ts';
import { alarmText, diaryEntry } from '../../functions/messages/diary-entry.ts';
import { diaryPart } from '../../functions/messages/diary-part.ts';
import type { Invitation } from '../../functions/messages/invitation.ts';
import type { WorksMessage } from '../../functions/messages/message.ts';
import { buildMime, type Envelope } from '../../functions/messages/mime.ts';
import { problemsOf, warningsOf } from '../../functions/messages/quality/check.ts';
import { headersOf } from '../../functions/messages/quality/headers.ts';
import { identifiersIn } from '../../functions/messages/quality/identifiers.ts';

interface InvitationRow {
  readonly maker: string;
  readonly microsecondsEach: number;
  readonly invitationsPerSecond: number;
  /** How many times faster than ics and nodemailer, as the median of the rounds' ratios. */
  readonly fasterThanRival: number;
  readonly kilobytes: number;
}

const ROUNDS = 25;
/** Recipients of one works in a round. */
const EACH = 100;
const NOW = new Date('2026-11-02T09:00:00Z');
const FROM = 'planned-works@carrier.example';
const ORIGIN = 'https://post.carrier.example';
const KEYS = { current: 'k1', keys: { k1: Buffer.alloc(32, 7).toString('base64') } };

const CIRCUITS = Array.from({ length: 5 }, (_, n) => ({
  serviceId: `LON/FRA/LE-10000${n}`,
  bcn: 'B4711',
  impact: n === 0 ? ('outage' as const) : ('degraded' as const),
  product: 'Ethernet Line 1 Gbit/s',
  aEnd: `${n + 1} Example Street, London`,
  bEnd: `${n + 1} Beispielstraße, Frankfurt am Main`,
  expectedDowntimeMinutes: 15,
}));

const INVITATION: Invitation = {
  worksId: 'CRQ-1001',
  windowId: '1',
  maintenanceId: 'CRQ-1001',
  ocn: 'C4711',
  account: 'C4711',
  class: 'planned',
  status: 'confirmed',
  title: 'Router software upgrade',
  description: 'The core router of this site gets a new software release.\nTraffic is moved away first where a second path exists.',
  location: 'PoP Frankfurt',
  coordinator: { name: 'Planned Works Desk', email: 'works@carrier.example' },
  start: '2026-11-17T23:00:00.000Z',
  end: '2026-11-18T03:00:00.000Z',
  expectedDowntimeMinutes: 15,
  noticeDays: 10,
  circuits: CIRCUITS,
};

const SELLER: LegalEntity = {
  legalEntityId: 'BENCH-GB',
  name: 'Benchmark Carrier Ltd',
  country: 'GB',
  address: { street: '1 Example Street', postalCode: 'EC1A 1BB', city: 'London', country: 'GB' },
  registration: '00000000',
  bank: { name: 'Example Bank', iban: 'GB33BUKB20201555555555', bic: 'BUKBGB22' },
  currency: 'GBP',
  taxRounding: 'half-up',
  calendar: 'GB-ENG',
  contact: { email: 'billing@carrier.example', phone: '+442079460000' },
};

/** One reader of the works: the message in the outbox, who reads it, and how the email is addressed. */
interface Task {
  readonly message: WorksMessage;
  readonly surroundings: Surroundings;
  readonly envelope: Envelope;
  /** Text and HTML, which the rival gets for nothing. */
  readonly mail: Composed;
}

type Maker = (task: Task) => Promise<Buffer>;

const RIVAL = 'ics and nodemailer: calendar and MIME, letter given';
const MAKERS: Readonly<Record<string, Maker>> = {
  [RIVAL]: rival,
  'carrierpost: calendar and MIME, letter given': ({ message, surroundings, mail, envelope }) =>
    buildMime({ ...mail, calendar: diaryPart(message, surroundings, INVITATION) }, envelope, new Map()),
  'carrierpost: letter, calendar and MIME': ({ message, surroundings, envelope }) =>
    buildMime(composeWorks(message, surroundings, { invitation: INVITATION }), envelope, new Map()),
  'carrierpost: letter, checks before sending, calendar and MIME': checked,
};

/**
 * The emails of one works with five circuits to many readers, by several makers, interleaved: every round lets each of them make all, so
 * that a busy machine slows them all.
 */
export async function benchInvitations(): Promise<InvitationRow[]> {
  const tasks = Array.from({ length: EACH }, (_, n) => taskOf(n));
  const names = Object.keys(MAKERS);
  const times = new Map(names.map((name): [string, number[]] => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of names) {
      const time = await timed(MAKERS[name] as Maker, tasks);
      // The first round warms up.
      if (round > 0) times.get(name)?.push(time);
    }
  }
  const rivals = times.get(RIVAL) ?? [];
  return Promise.all(
    names.map(async (maker) => {
      const each = times.get(maker) ?? [];
      const microseconds = median(each);
      return {
        maker,
        microsecondsEach: Math.round(microseconds),
        invitationsPerSecond: Math.round(1_000_000 / microseconds),
        fasterThanRival: rounded(median(rivals.map((time, round) => time / (each[round] ?? time)))),
        kilobytes: rounded(((await MAKERS[maker]?.(tasks[0] as Task))?.length ?? 0) / 1024),
      };
    }),
  );
}

/** @returns microseconds for each email */
async function timed(make: Maker, tasks: readonly Task[]): Promise<number> {
  const start = performance.now();
  for (const task of tasks) await make(task);
  return ((performance.now() - start) / tasks.length) * 1000;
}

function taskOf(n: number): Task {
  const reader = { name: `Contact ${n}, Network Operations`, email: `noc${n}@customer.example`, language: 'en', timeZone: 'Europe/Berlin' };
  const contact = { ...reader, contactId: `K${n}` };
  const message: WorksMessage = {
    kind: 'works',
    subject: '0123456789abcdef0123456789abcdef01234567@works',
    occasion: '0',
    group: 'works CRQ-1001',
    ocn: 'C4711',
    bcn: 'B4711',
    contactId: contact.contactId,
    address: contact.email,
    cause: 'bench',
    facts: {
      legalEntityId: SELLER.legalEntityId,
      customerName: 'Customer Ltd',
      uid: '0123456789abcdef0123456789abcdef01234567@works',
      sequence: 0,
      content: 0,
      act: 'request',
      variant: 'new',
      class: 'planned',
      impact: 'outage',
      reader,
    },
  };
  const surroundings: Surroundings = {
    contact,
    legalEntity: SELLER,
    language: 'en',
    timeZone: reader.timeZone,
    linksOnly: false,
    feed: '0',
    off: new Set(),
    publicOrigin: ORIGIN,
    linkKeys: KEYS,
    from: FROM,
    now: NOW,
  };
  const replyTo = INVITATION.coordinator ?? { name: SELLER.name, email: FROM };
  const envelope = { from: FROM, senderName: SELLER.name, replyTo, to: contact.email, unsubscribe: FROM, messageId: String(n) };
  return { message, surroundings, envelope, mail: composeWorks(message, surroundings, { invitation: INVITATION }) };
}

async function checked({ message, surroundings, envelope }: Task): Promise<Buffer> {
  const mail = composeWorks(message, surroundings, { invitation: INVITATION });
  const raw = await buildMime(mail, envelope, new Map());
  const told = {
    ...surroundings,
    message,
    mail,
    headers: headersOf(raw),
    to: envelope.to,
    today: localDate(NOW, surroundings.timeZone),
    invitation: INVITATION,
    replyTo: envelope.replyTo.email,
    unsubscribe: envelope.unsubscribe,
    sha256: new Map(),
  };
  // The directory is asked about what may be somebody's number; here there is none.
  identifiersIn(told);
  const candidate = { ...told, foreign: [] };
  const problems = problemsOf(candidate);
  if (problems.length > 0) throw new Error(`The bench's email breaks rules: ${JSON.stringify(problems)}`);
  warningsOf(candidate);
  return raw;
}

/** As the packages' manuals have it: an event, and an email with text, HTML and the event. Without the maintenance notification. */
async function rival({ mail, surroundings, envelope }: Task): Promise<Buffer> {
  const { contact, language, timeZone, legalEntity, from } = surroundings;
  const entry = diaryEntryOf(language, timeZone);
  const alarm: Alarm = { action: 'display', description: alarmText(INVITATION, language), trigger: { hours: 1, before: true } };
  const { error, value } = createEvent({
    uid: '0123456789abcdef0123456789abcdef01234567@works',
    method: 'REQUEST',
    sequence: 0,
    start: Date.parse(INVITATION.start),
    end: Date.parse(INVITATION.end),
    title: entry.summary,
    description: entry.description,
    location: INVITATION.location,
    status: 'CONFIRMED',
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
    organizer: { name: legalEntity.name, email: from },
    attendees: [{ name: contact.name, email: contact.email, rsvp: true, partstat: 'NEEDS-ACTION', role: 'REQ-PARTICIPANT' }],
    alarms: [alarm],
  });
  if (!value) throw error ?? new Error('ics made nothing of the event');
  const composer = new MailComposer({
    from: { name: envelope.senderName, address: from },
    to: contact.email,
    replyTo: { name: envelope.replyTo.name, address: envelope.replyTo.email },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    alternatives: [{ contentType: 'text/calendar; charset=utf-8; method=REQUEST', content: value }],
  });
  return composer.compile().build();
}

const entries = new Map<string, ReturnType<typeof diaryEntry>>();

/** The words of the event, which the rival gets for nothing too. */
function diaryEntryOf(language: Surroundings['language'], timeZone: string): ReturnType<typeof diaryEntry> {
  const key = `${language} ${timeZone}`;
  const organizer = { name: SELLER.name, email: FROM };
  const entry = entries.get(key) ?? diaryEntry(INVITATION, { uid: '', sequence: 0, language, timeZone, organizer });
  entries.set(key, entry);
  return entry;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
