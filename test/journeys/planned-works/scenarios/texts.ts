import { expect } from 'vitest';
import { circuit, contact, customer } from '../carrier-records.ts';
import { FIRST, heard, type Scenario, SECOND, statusAs, THIRD, type WorksStatus } from '../scenario.ts';
import { hit, published, writeEvents } from '../works-events.ts';

const CIRCUITS = 300;
const WILD_TITLE = 'Card "A", B; C\\D\r\nEND:VEVENT\nATTENDEE:mailto:mallory@elsewhere.example 日本語 🔧 {{title}} <b>&amp;';
/** 10,000 characters, with something of everything at every place where a fold may fall. */
const LONG_TEXT = 'Straße, 東京; "🔧"\\ '.repeat(700).slice(0, 9_999).concat('!');

const wideWorks: Scenario = {
  title: '300 circuits: one event, 300 OBJECT-IDs, a readable text and the list beside it',
  directory: customer('wide', {
    contacts: [contact('wide', 'noc')],
    services: Array.from({ length: CIRCUITS }, (_, n) => circuit('wide', n + 1)),
  }),
  steps: [
    {
      at: FIRST,
      publish: [
        published('CRQ-wide', 0, {
          services: Array.from({ length: CIRCUITS }, (_, n) => hit(`wide/${n + 1}`, n === 0 ? 'outage' : 'degraded')),
        }),
      ],
    },
  ],
  check: (seen) => {
    expect(heard(seen.mails)).toEqual(['REQUEST 0']);
    const [mail] = seen.mails;
    const ids = Array.from({ length: CIRCUITS }, (_, n) => `wide/${n + 1}`);
    expect(Object.keys(mail?.event?.objects ?? {}).sort()).toEqual(ids.toSorted());
    expect(mail?.attachments.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^circuits.*\.csv$/)]);
    const rows = (mail?.attachments[0]?.content ?? '').trim().split(/\r?\n/).slice(1);
    expect(rows.length).toBe(CIRCUITS);
    expect(ids.filter((id) => !rows.some((row) => row.replaceAll('"', '').split(/[,;]/).includes(id)))).toEqual([]);
    expect(mail?.text).toContain('300');
    expect(mail?.text).toContain('wide/1');
    expect(seen.live('noc@wide.example')[0]?.objects.size).toBe(CIRCUITS);
  },
};

const few: Scenario = {
  title: '25 circuits: all of them in the text, nothing beside it; 26: the list too',
  directory: customer('some', {
    contacts: [contact('some', 'noc')],
    services: Array.from({ length: 26 }, (_, n) => circuit('some', n + 1)),
  }),
  steps: [25, 26].map((count, n) => ({
    at: n === 0 ? FIRST : SECOND,
    publish: [published(`CRQ-some-${count}`, 0, { services: Array.from({ length: count }, (_, k) => hit(`some/${k + 1}`)) })],
  })),
  check: (seen) => {
    expect(seen.mails.map(({ attachments }) => attachments.length)).toEqual([0, 1]);
    for (let n = 1; n <= 25; n++) expect(seen.mails[0]?.text).toMatch(new RegExp(`some/${n}(?!\\d)`));
  },
};

const wildWords: Scenario = {
  title:
    'line breaks, END:VEVENT, quotes, 10,000 characters, Japanese and emoji in title, description and names change nothing but themselves',
  directory: customer('wild', {
    name: 'Wild & "Wonderful", GmbH; Co\\ KG\r\nEND:VCALENDAR 株式会社 🏭',
    contacts: [
      contact('wild', 'noc', { name: 'Zoë "Ziggy", O\'Dowd\r\nATTENDEE:mailto:mallory@elsewhere.example; 山田' }),
      contact('wild', 'plain'),
    ],
    services: [{ ...circuit('wild', 1), aEnd: 'PoP "Zürich", Saal 2; END:VEVENT', bEnd: '東京都千代田区 1-1' }],
  }),
  steps: [{ at: FIRST, publish: [published('CRQ-wild', 0, { title: WILD_TITLE, description: LONG_TEXT, services: [hit('wild/1')] })] }],
  check: (seen) => {
    expect(seen.mails.map(({ to }) => to).sort()).toEqual(['noc@wild.example', 'plain@wild.example']);
    for (const { subject, text, event, calendar = '' } of seen.mails) {
      expect(event).toMatchObject({ method: 'REQUEST', sequence: 0, maintenanceId: 'CRQ-wild', objects: { 'wild/1': 'OUTAGE' } });
      const words = squeezed(`${event?.summary} ${event?.description}`);
      expect(words).toContain(squeezed(WILD_TITLE));
      expect(words).toContain(squeezed(LONG_TEXT));
      expect(squeezed(text)).toContain(squeezed(LONG_TEXT));
      expect(squeezed(text)).toContain('東京都千代田区 1-1');
      expect(subject).toContain('CRQ-wild');
      expect(subject).not.toMatch(/[\r\n]/);
      expect(calendar.match(/^END:VEVENT/gm)?.length).toBe(1);
    }
  },
};

const unknownServices: Scenario = {
  title: 'unknown service ids are reported while the others go ahead',
  directory: customer('known', { contacts: [contact('known', 'noc')], services: [circuit('known', 1)] }),
  steps: [
    { at: FIRST, publish: [published('CRQ-known', 0, { services: [hit('nowhere/1'), hit('known/1'), hit('nowhere/2', 'degraded')] })] },
    { at: SECOND, act: statusAs('before', 'CRQ-known') },
    { at: THIRD, publish: [published('CRQ-known', 1, { services: [hit('known/1')] })], act: statusAs('after', 'CRQ-known') },
  ],
  check: (seen) => {
    expect(heard(seen.mails)).toEqual(['REQUEST 0']);
    expect(seen.mails[0]?.event?.objects).toEqual({ 'known/1': 'OUTAGE' });
    expect(seen.kept<WorksStatus>('before').unknownServices.toSorted()).toEqual(['nowhere/1', 'nowhere/2']);
    expect(seen.kept<WorksStatus>('after').unknownServices).toEqual([]);
  },
};

const dryRun: Scenario = {
  title: 'a dry run tells whom the works would reach, and nothing is sent or kept',
  directory: customer('dry', { contacts: [contact('dry', 'noc')], services: [circuit('dry', 1)] }),
  steps: [
    {
      at: FIRST,
      act: async ({ cloud, folder, keep }) => {
        const file = writeEvents(`${folder}/works.jsonl`, [published('CRQ-dry', 4, { status: 'cancelled', services: [hit('dry/1')] })]);
        keep('told', (await cloud.must('works', file, '--dry-run')).stdout);
      },
    },
    { at: SECOND, publish: [published('CRQ-dry', 0, { services: [hit('dry/1')] })] },
  ],
  check: (seen) => {
    expect(seen.kept<string>('told').length).toBeGreaterThan(0);
    expect(heard(seen.mails)).toEqual(['REQUEST 0']);
  },
};

export const TEXTS: readonly Scenario[] = [wideWorks, few, wildWords, unknownServices, dryRun];

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
