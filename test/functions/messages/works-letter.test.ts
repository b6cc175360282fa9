import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderLetter } from '../../../functions/messages/letter.ts';
import { oneLine } from '../../../functions/messages/words.ts';
import { withPlainWorksNames } from '../../../functions/messages/works-letter.ts';
import { LANGUAGE_CODES, type Language } from '../../../functions/money/format.ts';
import { type WorksFacts, facts as worksFacts } from '../../../templates/works/facts.ts';
import { samples, sampleWorks } from '../../../templates/works/samples.ts';
import { samples as answers } from '../../../templates/works-answer/facts.ts';
import { flat, NASTY_NAMES, tagsOf, textOf } from './letter-text.ts';

const ORIGIN = 'https://post.carrier.example';

const letterOf = (changes: Partial<WorksFacts>, language: Language = 'en') =>
  renderLetter({ kind: 'works', facts: worksFacts.parse({ ...sampleWorks(language), ...changes }) }, language, ORIGIN);

/** The texts of both parts. */
const partsOf = (changes: Partial<WorksFacts>, language: Language = 'en') => {
  const { html, text } = letterOf(changes, language);
  return [textOf(html), flat(text)] as const;
};

const moved: WorksFacts['changes'] = [{ what: 'window', before: 'old window', after: 'new window' }];

describe('every sample in every language', () => {
  const all = LANGUAGE_CODES.flatMap((language) =>
    samples(language).map((facts, index) => [language, facts.variant, index, facts] as const),
  );

  test.each(all)('%s, %s, sample %i', (language, _, __, facts) => {
    expect(worksFacts.parse(facts)).toEqual(facts);
    const { subject, html, text } = renderLetter({ kind: 'works', facts }, language, ORIGIN);
    for (const fact of factsOf(facts)) {
      expect(textOf(html)).toContain(flat(fact));
      expect(flat(text)).toContain(flat(fact));
    }
    for (const link of Object.values(facts.feed ?? {})) {
      expect(html).toContain(`href="${link}"`);
      expect(text).toContain(link);
    }
    expect(subject).toContain(facts.subjectWindow);
    expect([...subject].length).toBeLessThanOrEqual(150);
    expect(Buffer.byteLength(html)).toBeLessThan(100 * 1024);
    expect(html).toContain(`lang="${language}"`);
    // What one of the samples is called may look like a placeholder: it stays what it is.
    for (const part of [subject, textOf(html), text])
      expect(part.replaceAll('{{name}}', '')).not.toMatch(/\{\{|\}\}|undefined|NaN|\[object/);
  });

  /** What no part may lack: the works, the window, the customer, whom to ask, and the circuits with both ends. */
  function factsOf({ worksId, title, customerName, ocn, windowLocal, windowUtc, coordinator, circuits }: WorksFacts): string[] {
    const shown = circuits.flatMap(({ serviceId, aEnd, bEnd }) => [serviceId, aEnd, bEnd]);
    const short = shown.filter((text): text is string => text !== undefined && text.length <= 120);
    return [worksId, title, customerName, ocn, windowLocal, windowUtc, coordinator.name, coordinator.email, ...short];
  }

  test('what an outside text says is all that is plain in the neutral email', () => {
    const odd = samples('en').at(-1) as WorksFacts;
    const { html, text } = renderLetter({ kind: 'works', facts: withPlainWorksNames(odd) }, 'en', ORIGIN);
    for (const part of [html.replace(/<style[\s\S]*?<\/style>/g, ''), text]) expect(part).not.toMatch(/\{\{|Ziggy|Donau/);
    expect(text).toContain(odd.worksId);
    expect(text).toContain(odd.windowUtc);
  });
});

describe('the subject says works, status and window', () => {
  test.each<[Language, Partial<WorksFacts>, string]>([
    ['en', {}, 'CRQ-1001 confirmed: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { status: 'tentative' }, 'CRQ-1001 tentative: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { status: 'in-process' }, 'CRQ-1001 in progress: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'changed', changes: moved }, 'CRQ-1001 moved: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'changed', changes: [{ what: 'start', after: 'x' }] }, 'CRQ-1001 moved: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'changed', changes: [{ what: 'circuits', after: 'x' }] }, 'CRQ-1001 changed: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'changed', changes: [{ what: 'status', before: 'tentative' }] }, 'CRQ-1001 confirmed: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'changed' }, 'CRQ-1001 changed: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'cancelled', status: 'cancelled' }, 'CRQ-1001 cancelled: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'no-longer-affected' }, 'CRQ-1001 no longer affects you: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'starting', status: 'in-process' }, 'CRQ-1001 has started: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'completed', status: 'completed' }, 'CRQ-1001 completed: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { variant: 'reminder' }, 'CRQ-1001 tomorrow: 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { emergency: true }, 'EMERGENCY CRQ-1001: confirmed, 18 Nov 2026, 00:00-04:00 CET'],
    ['en', { emergency: true, variant: 'starting' }, 'EMERGENCY CRQ-1001: started, 18 Nov 2026, 00:00-04:00 CET'],
    ['de', {}, 'CRQ-1001 bestätigt: 18. Nov. 2026, 00:00-04:00 MEZ'],
    ['de', { variant: 'no-longer-affected' }, 'CRQ-1001 entfällt für Sie: 18. Nov. 2026, 00:00-04:00 MEZ'],
    ['de', { emergency: true }, 'NOTFALL CRQ-1001: bestätigt, 18. Nov. 2026, 00:00-04:00 MEZ'],
    ['fr', {}, 'CRQ-1001 confirmé\u00a0: 18 nov. 2026, 00:00-04:00 CET'],
    ['fr', { emergency: true }, 'URGENCE CRQ-1001\u00a0: confirmé, 18 nov. 2026, 00:00-04:00 CET'],
  ])('%s, %o: %s', (language, changes, subject) => {
    expect(letterOf(changes, language).subject).toBe(subject);
    expect([...subject].length).toBeLessThanOrEqual(60);
  });

  test('however long the id, the window is in it', () => {
    const { subject } = letterOf({ worksId: 'C'.repeat(500), emergency: true, variant: 'no-longer-affected' });
    expect([...subject].length).toBe(150);
    expect(subject.endsWith('…: no longer affects you, 18 Nov 2026, 00:00-04:00 CET')).toBe(true);
  });
});

describe('the diary', () => {
  test.each<[Partial<WorksFacts>, string | undefined]>([
    [{}, 'The entry for your diary comes with this email.'],
    [{ variant: 'changed', changes: moved }, 'This email moves the entry in your diary.'],
    [{ variant: 'cancelled', status: 'cancelled' }, 'This email removes the entry from your diary. You have nothing to do.'],
    [{ variant: 'no-longer-affected' }, 'This email removes the entry from your diary. You have nothing to do.'],
    [{ variant: 'starting', status: 'in-process' }, undefined],
    [{ variant: 'completed', status: 'completed' }, undefined],
  ])('%o', (changes, sentence) => {
    for (const part of partsOf(changes)) {
      if (sentence === undefined) expect(part).not.toContain('diary');
      else expect(part).toContain(sentence);
    }
  });

  test.each(samples('en').map((facts) => [facts.variant, facts] as const))(
    'without an invitation nothing is said of it: %s',
    (_, facts) => {
      const { feed: __, ...without } = facts;
      const { html, text } = renderLetter({ kind: 'works', facts: { ...without, dataOnly: true } }, 'en', ORIGIN);
      for (const part of [textOf(html), text]) expect(part).not.toMatch(/diary|calendar|busy/i);
      if (facts.variant === 'cancelled' || facts.variant === 'no-longer-affected') expect(text).toContain('You have nothing to do.');
    },
  );
});

describe('what it tells', () => {
  test.each<[string, Partial<WorksFacts>, string | undefined]>([
    ['notice', { notice: '11 working days' }, 'Notice given 11 working days'],
    ['no notice of works that have begun', { status: 'in-process' }, undefined],
    ['no notice of works that are off', { variant: 'cancelled', status: 'cancelled' }, undefined],
  ])('%s', (_, changes, words) => {
    const [html] = partsOf(changes);
    if (words === undefined) expect(html).not.toContain('Notice given');
    else expect(html).toContain(words);
  });

  test.each<[string, Partial<WorksFacts>, string | undefined]>([
    ['short notice is owned up to', { shortNotice: true }, 'This is shorter notice than we promised you. We are sorry.'],
    ['full notice needs no apology', { shortNotice: false }, undefined],
    ['an emergency always does', { emergency: true }, 'These works cannot wait for the usual notice. We are sorry for the trouble.'],
    ['once is enough', { shortNotice: true, variant: 'reminder' }, undefined],
    ['not for works that are off', { shortNotice: true, emergency: true, variant: 'cancelled', status: 'cancelled' }, undefined],
  ])('%s', (_, changes, sentence) => {
    for (const part of partsOf(changes)) {
      if (sentence === undefined) expect(part).not.toContain('sorry');
      else expect(part).toContain(sentence);
    }
  });

  test('each circuit: its ends, its impact, its downtime', () => {
    const [html, text] = partsOf({});
    const lines = [
      'FRA/FRA/LE-123456',
      'Outage, expected downtime 10 minutes',
      'A end: Hanauer Landstraße 302, 60314 Frankfurt',
      'Z end: Mainzer Landstraße 50, 60325 Frankfurt',
      'Ethernet Line 1 Gbit/s · Billing account B4711',
    ].join(' ');
    expect(html).toContain(lines);
    expect(text).toContain(lines);
  });

  test.each(['cancelled', 'completed', 'no-longer-affected'] as const)('%s: nothing more happens to a circuit', (variant) => {
    for (const part of partsOf({ variant })) {
      expect(part).not.toMatch(/Outage|downtime|Impact/);
      expect(part.includes('Status')).toBe(variant !== 'no-longer-affected');
    }
  });

  test.each<[Partial<WorksFacts>, boolean]>([
    [{}, true],
    [{ variant: 'completed', status: 'completed' }, true],
    [{ variant: 'cancelled', status: 'cancelled' }, false],
    [{ variant: 'no-longer-affected' }, false],
  ])('what is done is told unless nothing is: %o', (changes, told) => {
    for (const part of partsOf(changes)) expect(part.includes('The router restarts twice.')).toBe(told);
  });

  test('where all the circuits are', () => {
    const circuits = sampleWorks('en').circuits.slice(0, 1);
    const [html] = partsOf({ circuits, circuitCount: 300, circuitsFile: 'circuits-CRQ-1001.csv' });
    expect(html).toContain('300 circuits; the first 1 are shown, all are in circuits-CRQ-1001.csv');
    expect(partsOf({ circuits, circuitCount: 300 })[0]).toContain('300 circuits; the first 1 are shown.');
    expect(partsOf({})[0]).not.toContain('are shown');
  });

  test('old and new, with words for what is an enum', () => {
    const changes: WorksFacts['changes'] = [
      { what: 'impact', before: 'no-impact', after: 'outage' },
      { what: 'status', before: 'tentative', after: 'as we say' },
      { what: 'location', after: 'Frankfurt' },
    ];
    const [html, text] = partsOf({ variant: 'changed', changes });
    expect(html).toContain('Impact Before No impact Now Outage');
    expect(html).toContain('Status Before Tentative, not yet confirmed Now as we say');
    expect(html).toContain('Location Before – Now Frankfurt');
    expect(text).toContain('- Impact Before: No impact Now: Outage');
    expect(partsOf({ variant: 'reminder', changes })[1]).not.toContain('Before');
  });

  test('an emergency is labelled in head and subject', () => {
    const [html, text] = partsOf({ emergency: true });
    for (const part of [html, text]) expect(part).toContain('Emergency works CRQ-1001 confirmed');
    expect(text.startsWith('*** EMERGENCY ***')).toBe(true);
    expect(letterOf({ emergency: true }).html).toContain('class="alarm"');
    for (const part of partsOf({})) expect(part).not.toMatch(/emergency/i);
  });

  test.each<[string, Partial<WorksFacts>, string]>([
    ['another date', {}, 'Propose another time in your calendar, or reply to this email and name CRQ-1001.'],
    ['another date without an invitation', { dataOnly: true }, 'Reply to this email and name CRQ-1001, with a time that suits you.'],
    ['an emergency', { emergency: true }, 'Emergency works can rarely be moved, but please tell us'],
    ['works that run', { variant: 'starting', status: 'in-process' }, 'Is something not as it should be?'],
    ['works that are off', { variant: 'cancelled', status: 'cancelled' }, 'Questions?'],
  ])('how to reach us about %s', (_, changes, sentence) => {
    for (const part of partsOf(changes)) {
      expect(part).toContain(sentence);
      expect(part).toContain('Planned Works Desk, works@northline.example');
    }
  });

  test('a feed elsewhere stops the email', () => {
    const feed = { https: `${ORIGIN}/c/x`, webcal: 'webcal://evil.example/c/x' };
    expect(() => letterOf({ feed })).toThrow('A link leads to webcal://evil.example');
    expect(() => letterOf({ feed: { https: 'https://evil.example/', webcal: 'webcal://post.carrier.example/c/x' } })).toThrow('evil');
  });
});

describe('names from outside', () => {
  const PLAIN = 'Zzyzx';
  const named = (name: string): WorksFacts => {
    const sample = sampleWorks('en');
    const circuits = sample.circuits.map((circuit) => ({ ...circuit, aEnd: name.slice(0, 50) }));
    return { ...sample, contactName: name, customerName: name, title: name, location: name, description: [name], circuits };
  };
  const render = (facts: WorksFacts) => renderLetter({ kind: 'works', facts }, 'en', ORIGIN);

  test('change nothing but the name', () => {
    const plain = render(named(PLAIN));
    fc.assert(
      fc.property(NASTY_NAMES, (name) => {
        const clean = oneLine(name);
        fc.pre(clean.trim() !== '' && clean.length <= 50 && !clean.includes(PLAIN));
        const letter = render(named(clean));
        expect(tagsOf(letter.html)).toEqual(tagsOf(plain.html));
        expect(letter.text).toBe(plain.text.replaceAll(PLAIN, () => clean));
        expect(letter.subject).toBe(plain.subject);
      }),
      { numRuns: 200 },
    );
  });

  test('25 circuits of the longest names stay below 100 KB', () => {
    const [circuit] = sampleWorks('en').circuits;
    const long = 'Zoë & Söhne '.repeat(400);
    const circuits = Array.from({ length: 25 }, () => ({ ...circuit, serviceId: long, product: long, aEnd: long, bEnd: long }));
    expect(Buffer.byteLength(letterOf({ circuits: circuits as WorksFacts['circuits'], circuitCount: 25 }).html)).toBeLessThan(100 * 1024);
  });
});

describe('the answer to a proposed time', () => {
  test.each([
    ['en', 'CRQ-1001 stays as planned: 18 Nov 2026, 00:00-04:00 CET'],
    ['de', 'CRQ-1001 bleibt wie geplant: 18. Nov. 2026, 00:00-04:00 MEZ'],
    ['fr', 'CRQ-1001 reste inchangé\u00a0: 18 nov. 2026, 00:00-04:00 CET'],
  ] as const)('in %s: %s', (language, expected) => {
    for (const facts of answers(language)) {
      const { subject, html, text } = renderLetter({ kind: 'works-answer', facts }, language, ORIGIN);
      expect(subject).toBe(expected);
      const required = [facts.worksId, facts.ocn, facts.ticketId, facts.windowLocal, facts.windowUtc, facts.coordinator.email];
      for (const fact of [...required, ...(facts.proposedWindow === undefined ? [] : [facts.proposedWindow])]) {
        expect(textOf(html)).toContain(flat(fact));
        expect(flat(text)).toContain(flat(fact));
      }
      expect([...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual([facts.settingsUrl]);
    }
  });
});
