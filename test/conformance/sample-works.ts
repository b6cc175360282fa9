import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalCloud } from '../journeys/local-cloud.ts';
import { writeAnswer } from '../journeys/planned-works/answer-mail.ts';
import { type WorksData, type WorksEvent, writeEvents } from '../journeys/planned-works/works-events.ts';
import { readWorksMails, type WorksMail } from '../oracle/planned-works/works-mail.ts';

/*
 * The sample carrier's planned works, and what happens to them in a day: everything that a customer's programs will ever have to read.
 */

/** What became of a day of planned works. */
export interface PlayedWorks {
  /** Where the emails are, one `.eml` each; their names sort by the order of sending. */
  readonly folder: string;
  readonly mails: readonly WorksMail[];
  /** Calendar feeds as they are fetched, by contact. */
  readonly feeds: ReadonlyMap<string, string>;
}

/** An hour of that day: works, and what the directory learns. */
export interface Hour {
  readonly at: string;
  readonly load?: Readonly<Record<'contacts' | 'services', readonly object[]>>;
  readonly publish: readonly WorksEvent[];
}

const SAMPLES = join(import.meta.dirname, '../../samples');
const MORNING = '2026-11-02T09:00:00Z';
const EVENING = '2026-11-02T18:00:00Z';
/** Some 300 circuits of one account. */
const WIDE = Array.from({ length: 300 }, (_, n) => `WIDE/${String(n + 1).padStart(3, '0')}`);
const WIDE_OWNER = 'B10028301';
const IMPACTS = ['outage', 'degraded', 'reduced-redundancy', 'no-impact'] as const;
const FORGED = 'END:VEVENT\r\nATTENDEE:mailto:mallory@elsewhere.example';
/** Marks that mean something in iCalendar, in a header or in HTML, and characters of two to four octets. */
export const WILD = {
  title: `Card "A", B; C\\D: 日本語 🔧 {{title}} <b>&amp; ^n\r\n${FORGED}`,
  description: `Straße, 東京; "🔧"\\n ${'Glasfaser; 光ファイバー, 🔧 '.repeat(90)}\r\n\r\n${FORGED}\rthe end\u2028really\tso`,
  location: 'PoP "Zürich", Saal 2; 東京都千代田区 1-1',
  reference: 'PO "7;8,9"\\',
  coordinator: { name: 'Jürgen "Works"; Desk, 計画課', email: 'works@northgate.example' },
  cancelReason: 'The supplier said: "no; never,\r\nnot at all" 🚧',
  contactName: `Zoë "Ziggy", O'Dowd; 山田 🏭\r\n${FORGED}`,
} as const;

const samples = lines<WorksEvent>('planned-works.jsonl');

/** The hours of the day, the sample works first. */
export const HOURS: readonly Hour[] = [
  {
    at: '2026-11-02T10:00:00Z',
    load: {
      contacts: [{ ...record('contacts', 'contactId', 'K100278-3'), name: WILD.contactName }],
      services: WIDE.map((serviceId) => ({ ...record('services', 'serviceId', 'SLO/EDI/LE-100424'), serviceId, ownership: owned() })),
    },
    publish: samples,
  },
  {
    at: '2026-11-02T11:00:00Z',
    publish: [
      fresh('CRQ-WIDE', { services: WIDE.map((serviceId, n) => ({ serviceId, impact: IMPACTS[n % 4] as 'outage' })) }),
      fresh('CRQ-WILD', { ...works('CRQ-1025'), ...wildWords() }),
      fresh('CRQ-URGENT', {
        class: 'emergency',
        windows: [{ windowId: '1', start: '2026-11-02T13:00:00Z', end: '2026-11-02T15:00:00Z' }],
        services: works('CRQ-1011').services,
      }),
    ],
  },
  {
    at: '2026-11-02T12:00:00Z',
    load: { contacts: [{ ...record('contacts', 'contactId', 'K100278-3'), activeTo: '2026-10-31' }], services: [] },
    publish: [
      // Another night; a second night; off; off again from the second night; circuits come and go; begun.
      revised('CRQ-1009', { windows: [night('1', 25, 5)] }),
      revised('CRQ-1010', { windows: [night('2', 20, 4), ...works('CRQ-1010').windows] }),
      revised('CRQ-1005', { status: 'cancelled', cancelReason: WILD.cancelReason }),
      revised('CRQ-1027', { status: 'cancelled' }),
      revised('CRQ-1011', { windows: works('CRQ-1011').windows.slice(0, 1) }),
      revised('CRQ-1004', { status: 'confirmed' }),
      revised('CRQ-1002', { services: [...works('CRQ-1002').services.slice(1, 5), { serviceId: 'SLO/MAN/IP-100942', impact: 'outage' }] }),
      revised('CRQ-1003', { status: 'in-process' }),
      revised('CRQ-1006', { status: 'completed' }),
      revised('CRQ-WILD', { windows: [...works('CRQ-1025').windows].map((window) => ({ ...window, end: '2026-12-18T07:30:00Z' })) }),
    ],
  },
  {
    at: '2026-11-02T16:00:00Z',
    publish: [
      revised('CRQ-1027', { status: 'confirmed' }, 2),
      revised('CRQ-1003', { status: 'completed' }, 2),
      revised('CRQ-1010', { windows: works('CRQ-1010').windows }, 2),
    ],
  },
];

/** Plays the day through a local cloud of its own. */
export async function playSampleWorks(work: string): Promise<PlayedWorks> {
  const cloud = await startLocalCloud(join(work, 'data'));
  try {
    await cloud.must('at', MORNING);
    await cloud.must('load', SAMPLES);
    await cloud.must('preferences', 'set', '200126', 'K200126-2', 'works', 'data-only', '--reason', 'only a program reads it');
    for (const [index, { at, load, publish }] of HOURS.entries()) {
      await cloud.must('at', at);
      if (load) await cloud.must('load', writeDirectory(join(work, `export-${index}`), load));
      await cloud.must('works', index === 0 ? join(SAMPLES, 'planned-works.jsonl') : writeEvents(join(work, `${index}.jsonl`), publish));
    }
    const asked = (await exported(cloud, join(work, 'before'))).find(({ event }) => event?.maintenanceId === 'CRQ-1019');
    const proposal = { method: 'COUNTER', start: '20261211T000000Z', end: '20261211T040000Z', dmarc: 'pass', sentAt: EVENING } as const;
    if (asked) await cloud.must('works', 'reply', writeAnswer(join(work, 'counter.eml'), asked, proposal));
    await cloud.must('at', EVENING);
    const feeds = new Map<string, string>();
    for (const [ocn, contact] of [
      ['100283', 'K100283-2'],
      ['400102', 'K400102-2'],
      ['300105', 'K300105-2'],
    ] as const) {
      const { https } = await cloud.json<{ https: string }>('works', 'feed', ocn, contact);
      feeds.set(contact, await (await fetch(https)).text());
    }
    const folder = join(work, 'mails');
    return { folder, mails: await exported(cloud, folder), feeds };
  } finally {
    await cloud.stop();
  }
}

async function exported(cloud: { must(...args: string[]): Promise<unknown> }, folder: string): Promise<WorksMail[]> {
  await cloud.must('mail', 'export', folder);
  return readWorksMails(folder);
}

/** Records of the sample carrier's directory. */
export function directoryOf<T>(name: string): T[] {
  return lines<T>(`directory/${name}.jsonl`);
}

function lines<T>(name: string): T[] {
  const text = readFileSync(join(SAMPLES, name), 'utf8').trim();
  return text.split('\n').map((line) => JSON.parse(line) as T);
}

function record(name: string, key: string, id: string): object {
  const found = directoryOf<Record<string, unknown>>(name).find((one) => one[key] === id);
  if (!found) throw new Error(`The samples have no ${id} in ${name}`);
  return found;
}

function owned() {
  return [{ bcn: WIDE_OWNER, from: '2024-01-01' }];
}

function works(worksId: string): WorksData {
  const found = samples.find(({ data }) => data.worksId === worksId);
  if (!found) throw new Error(`The samples have no works ${worksId}`);
  return found.data;
}

function wildWords(): Partial<WorksData> {
  const { contactName: _, cancelReason: __, ...words } = WILD;
  return words;
}

function night(windowId: string, day: number, hours: number) {
  return { windowId, start: `2026-11-${day}T00:00:00+01:00`, end: `2026-11-${day}T0${hours}:00:00+01:00` };
}

/** New works, in a night of December unless told otherwise. */
function fresh(worksId: string, more: Partial<WorksData>): WorksEvent {
  return eventOf({ ...works('CRQ-1027'), ...more, worksId, revision: 0 });
}

/** A later revision of works as they were announced. */
function revised(worksId: string, more: Partial<WorksData>, by = 1): WorksEvent {
  const announced = worksId === 'CRQ-WILD' ? { ...works('CRQ-1025'), ...wildWords(), worksId, revision: 0 } : works(worksId);
  return eventOf({ ...announced, ...more, revision: announced.revision + by });
}

function eventOf(data: WorksData): WorksEvent {
  const { worksId, revision } = data;
  const type = 'planned-works.published';
  return { specversion: '1.0', id: `${worksId}-r${revision}`, source: '/change-management', type, time: MORNING, subject: worksId, data };
}

function writeDirectory(folder: string, records: NonNullable<Hour['load']>): string {
  mkdirSync(join(folder, 'directory'), { recursive: true });
  for (const [name, list] of Object.entries(records))
    writeFileSync(join(folder, 'directory', `${name}.jsonl`), list.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return folder;
}
