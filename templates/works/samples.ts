import type { Language } from '../../functions/money/format.ts';
import { SAMPLE_WAYS, sampleFacts } from '../facts.ts';
import { MAX_CIRCUITS, WORKS_VARIANTS, type WorksFacts } from './facts.ts';

/** The same works as readers in Berlin, Berlin and Paris read of them. */
const READERS = {
  en: {
    title: 'Router software upgrade',
    subjectWindow: '18 Nov 2026, 00:00-04:00 CET',
    windowLocal: 'Wed 18 Nov 2026, 00:00 - 04:00 CET (Europe/Berlin)',
    windowUtc: 'Tue 17 Nov 2026, 23:00 - Wed 18 Nov 2026, 03:00 UTC',
    before: 'Mon 16 Nov 2026, 00:00 - 04:00 CET (Europe/Berlin)',
    minutes: (count: number) => `${count} minutes`,
    notice: '11 working days',
    shortNotice: '3 working days',
    description: [
      'We install a new software release on the router that carries your circuits. It closes a security gap.',
      'The router restarts twice. Between the restarts your circuits run as usual.',
    ],
    cancelReason: 'The manufacturer has withdrawn the release.',
    longBefore: 'The router restarts once.',
    circuitsChange: { before: '2 circuits', after: '3 circuits, added: FRA/HAM/LE-778899' },
  },
  de: {
    title: 'Neue Software für einen Router',
    subjectWindow: '18. Nov. 2026, 00:00-04:00 MEZ',
    windowLocal: 'Mi. 18. Nov. 2026, 00:00 - 04:00 MEZ (Europe/Berlin)',
    windowUtc: 'Di. 17. Nov. 2026, 23:00 - Mi. 18. Nov. 2026, 03:00 UTC',
    before: 'Mo. 16. Nov. 2026, 00:00 - 04:00 MEZ (Europe/Berlin)',
    minutes: (count: number) => `${count} Minuten`,
    notice: '11 Arbeitstage',
    shortNotice: '3 Arbeitstage',
    description: [
      'Wir spielen eine neue Softwareversion auf den Router, über den Ihre Leitungen laufen. Sie schließt eine Sicherheitslücke.',
      'Der Router startet zweimal neu. Dazwischen laufen Ihre Leitungen wie gewohnt.',
    ],
    cancelReason: 'Der Hersteller hat die Version zurückgezogen.',
    longBefore: 'Der Router startet einmal neu.',
    circuitsChange: { before: '2 Leitungen', after: '3 Leitungen, neu: FRA/HAM/LE-778899' },
  },
  fr: {
    title: 'Mise à jour logicielle d’un routeur',
    subjectWindow: '18 nov. 2026, 00:00-04:00 CET',
    windowLocal: 'mer. 18 nov. 2026, 00:00 - 04:00 CET (Europe/Paris)',
    windowUtc: 'mar. 17 nov. 2026, 23:00 - mer. 18 nov. 2026, 03:00 UTC',
    before: 'lun. 16 nov. 2026, 00:00 - 04:00 CET (Europe/Paris)',
    minutes: (count: number) => `${count} minutes`,
    notice: '11 jours ouvrés',
    shortNotice: '3 jours ouvrés',
    description: [
      'Nous installons une nouvelle version logicielle sur le routeur qui porte vos liaisons. Elle corrige une faille de sécurité.',
      'Le routeur redémarre deux fois. Entre les redémarrages, vos liaisons fonctionnent comme d’habitude.',
    ],
    cancelReason: 'Le constructeur a retiré cette version.',
    longBefore: 'Le routeur redémarre une fois.',
    circuitsChange: { before: '2 liaisons', after: '3 liaisons, ajoutée : FRA/HAM/LE-778899' },
  },
} as const satisfies Record<Language, object>;

/** Works of a name and with names as nobody has them, and some do. */
const ODD_NAME = 'Zoë "Ziggy" <script> & Co, {{name}}';

export function sampleWorks(language: Language): WorksFacts {
  const { contactName, customerName, ocn, seller } = sampleFacts(language, 'transfer');
  const { title, subjectWindow, windowLocal, windowUtc, minutes, notice, description } = READERS[language];
  return {
    contactName,
    customerName,
    ocn,
    accounts: 'B4711, B4712',
    worksId: 'CRQ-1001',
    title,
    variant: 'new',
    emergency: false,
    status: 'confirmed',
    impact: 'outage',
    subjectWindow,
    windowLocal,
    windowUtc,
    downtime: minutes(15),
    notice,
    description: [...description],
    location: 'Frankfurt, Hanauer Landstraße 302',
    reference: 'NOC-2026-0815',
    changes: [],
    circuits: [
      {
        serviceId: 'FRA/FRA/LE-123456',
        product: 'Ethernet Line 1 Gbit/s',
        aEnd: 'Hanauer Landstraße 302, 60314 Frankfurt',
        bEnd: 'Mainzer Landstraße 50, 60325 Frankfurt',
        impact: 'outage',
        downtime: minutes(10),
        account: 'B4711',
      },
      {
        serviceId: 'FRA/HAM/LE-654321',
        product: 'Ethernet Line 10 Gbit/s',
        aEnd: 'Frankfurt',
        bEnd: 'Hamburg',
        impact: 'reduced-redundancy',
        account: 'B4712',
      },
    ],
    circuitCount: 2,
    dataOnly: false,
    coordinator: { name: 'Planned Works Desk', email: 'works@northline.example' },
    feed: {
      https: 'https://post.carrier.example/c/v1.k1.sample.sample/works.ics',
      webcal: 'webcal://post.carrier.example/c/v1.k1.sample.sample/works.ics',
    },
    seller,
    settingsUrl: SAMPLE_WAYS.settingsUrl,
  };
}

/** Another time, as a reader might propose it. */
export function proposedWindow(language: Language): string {
  return READERS[language].before;
}

/** One sample for each wording, and those that strain the layout. */
export function samples(language: Language): WorksFacts[] {
  const sample = sampleWorks(language);
  const { before, windowLocal, minutes, shortNotice, cancelReason } = READERS[language];
  const moved: WorksFacts['changes'] = [
    { what: 'window', before, after: windowLocal },
    { what: 'downtime', before: minutes(5), after: minutes(15) },
  ];
  const byVariant: Record<WorksFacts['variant'], Partial<WorksFacts>> = {
    new: {},
    changed: { changes: moved },
    cancelled: { status: 'cancelled', cancelReason },
    'no-longer-affected': { circuits: [], circuitCount: 0 },
    starting: { status: 'in-process' },
    completed: { status: 'completed' },
    reminder: {},
  };
  return [
    ...WORKS_VARIANTS.map((variant): WorksFacts => ({ ...sample, variant, ...byVariant[variant] })),
    { ...sample, ...lighter(sample, 'reduced-redundancy'), status: 'tentative', shortNotice: true, notice: shortNotice },
    { ...sample, variant: 'changed', changes: [{ what: 'status', before: 'tentative', after: 'confirmed' }] },
    { ...sample, ...otherDetails(sample, language) },
    ...(['new', 'changed', 'cancelled', 'starting'] as const).map(
      (variant): WorksFacts => ({ ...sample, emergency: true, shortNotice: true, notice: undefined, variant, ...byVariant[variant] }),
    ),
    { ...sample, ...SAMPLE_WAYS, ...lighter(sample, 'no-impact'), dataOnly: true, feed: undefined },
    { ...sample, dataOnly: true, variant: 'cancelled', ...byVariant.cancelled },
    manyCircuits(sample),
    oddNames(sample),
  ];
}

/** Works that interrupt nothing. */
function lighter({ circuits }: WorksFacts, impact: WorksFacts['impact']): Partial<WorksFacts> {
  return { impact, downtime: undefined, circuits: circuits.map((circuit) => ({ ...circuit, impact, downtime: undefined })) };
}

function otherDetails(sample: WorksFacts, language: Language): Partial<WorksFacts> {
  const { longBefore, description, circuitsChange } = READERS[language];
  const { circuits } = sample;
  return {
    ...lighter(
      { ...sample, circuits: [...circuits, { serviceId: 'FRA/HAM/LE-778899', aEnd: 'Frankfurt', bEnd: 'Hamburg', impact: 'degraded' }] },
      'degraded',
    ),
    variant: 'changed',
    circuitCount: 3,
    changes: [
      { what: 'impact', before: 'no-impact', after: 'degraded' },
      { what: 'circuits', ...circuitsChange },
      { what: 'description', before: longBefore, after: description.join(' ') },
      { what: 'location', after: sample.location },
    ],
  };
}

function manyCircuits(sample: WorksFacts): WorksFacts {
  const circuits = Array.from({ length: MAX_CIRCUITS }, (_, index) => ({
    ...sample.circuits[index % sample.circuits.length],
    serviceId: `FRA/HAM/LE-${String(100_000 + index)}`,
  })) as WorksFacts['circuits'];
  return { ...sample, circuits, circuitCount: 300, circuitsFile: 'circuits-CRQ-1001.csv' };
}

function oddNames(sample: WorksFacts): WorksFacts {
  const long = `${ODD_NAME} ${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}`;
  return {
    ...sample,
    contactName: ODD_NAME,
    customerName: long,
    worksId: 'CHG'.padEnd(64, '0123456789'),
    title: long,
    variant: 'changed',
    emergency: true,
    changes: [{ what: 'title', before: ODD_NAME, after: long }],
    accounts: Array.from({ length: 30 }, (_, index) => `B${4711 + index}`).join(', '),
    reference: long,
    description: [long],
    location: long,
    circuits: sample.circuits.map((circuit) => ({ ...circuit, serviceId: long, product: long, aEnd: long, bEnd: ODD_NAME })),
    coordinator: { name: ODD_NAME, email: sample.coordinator.email },
  };
}
