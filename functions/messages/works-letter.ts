import type { WorksFacts } from '../../templates/works/facts.ts';
import type { LetterContent } from './letter.ts';
import { fill, fillAll, fillSubject, group, type Row, rowsOf, shortened, type Words, word } from './words.ts';

/** A circuit's own names are cut there, so that 25 of them never make an email too long to be shown whole. */
const MAX_CIRCUIT_TEXT = 120;

type Flat = Readonly<Record<string, unknown>>;

/** What happened decides the words; `changed` has three of its own: another time, another status only, anything else. */
type Wording = WorksFacts['variant'] | 'moved' | 'status';

/**
 * What an email about one window of planned works says.
 * @throws PermanentError for a missing text or fact
 */
export function worksLetter(facts: WorksFacts, words: Words): LetterContent {
  const wording = wordingOf(facts);
  const status = group(group(words, 'statuses'), facts.status);
  // Where a wording is silent, the status speaks: new works are called what they are.
  const spoken: Words = { ...status, ...group(group(words, 'variants'), wording) };
  const flat = flatFacts(facts, words, spoken);
  const ask = group(group(words, 'ask'), askOf(facts));
  const own = {
    title: word(spoken, 'title'),
    windowLabel: word(spoken, 'windowLabel'),
    why: word(spoken.why === undefined ? words : spoken, 'why'),
    askTitle: word(ask, 'title'),
    ask: word(ask, facts.dataOnly && ask.byMail !== undefined ? 'byMail' : 'text'),
  };
  return {
    subject: fillSubject(word(group(words, 'subjects'), facts.emergency ? 'emergency' : 'planned'), flat, 'worksId'),
    data: {
      ...facts,
      words: { ...fillAll({ ...words, ...own }, flat), preview: previewOf(facts, words) },
      paragraphs: paragraphsOf(facts, words, spoken).map((text) => fill(text, flat)),
      changes: facts.variant === 'changed' ? changesOf(facts, words) : [],
      rows: figuresOf(facts, words),
      description: isOff(facts) ? [] : facts.description,
      circuits: facts.circuits.map((circuit) => circuitOf(circuit, facts, words)),
      circuitsNote: circuitsNoteOf(facts, words, flat),
      feed: facts.feed,
    },
  };
}

/**
 * The same facts with plain words wherever a text comes from outside: what is left over in such an email is our own mistake,
 * whatever a customer, a site or the works are called.
 */
export function withPlainWorksNames(facts: WorksFacts): WorksFacts {
  const plain = <Name extends keyof WorksFacts>(name: Name, text: string) => (facts[name] === undefined ? {} : { [name]: text });
  return {
    ...facts,
    contactName: 'Contact',
    customerName: 'Customer',
    title: 'Works',
    description: facts.description.map(() => 'Description'),
    ...plain('accounts', 'Accounts'),
    ...plain('location', 'Location'),
    ...plain('reference', 'Reference'),
    ...plain('cancelReason', 'Reason'),
    changes: facts.changes.map(({ what }) => ({ what, before: 'Before', after: 'After' })),
    circuits: facts.circuits.map(({ impact }) => ({
      serviceId: 'Service',
      product: 'Product',
      aEnd: 'A',
      bEnd: 'B',
      impact,
      account: 'Account',
    })),
    coordinator: { ...facts.coordinator, name: 'Coordinator' },
  };
}

function wordingOf({ variant, changes }: WorksFacts): Wording {
  if (variant !== 'changed') return variant;
  const changed = changes.map(({ what }) => what);
  if (changed.some((what) => ['start', 'end', 'window'].includes(what))) return 'moved';
  return changed.length > 0 && changed.every((what) => what === 'status') ? 'status' : 'changed';
}

/** What the texts may name. */
function flatFacts(facts: WorksFacts, words: Words, spoken: Words): Flat {
  return {
    ...facts,
    works: word(group(words, 'works'), facts.emergency ? 'emergency' : 'planned'),
    happened: word(spoken, facts.emergency && spoken.urgentSubject !== undefined ? 'urgentSubject' : 'subject'),
    circuitCount: String(facts.circuitCount),
    circuitsShown: String(facts.circuits.length),
    coordinatorName: facts.coordinator.name,
    coordinatorEmail: facts.coordinator.email,
  };
}

/** What a mailbox shows behind the subject. */
function previewOf(facts: WorksFacts, words: Words): string {
  const impact = isAhead(facts) ? [word(impactWords(words, facts.impact), 'word')] : [];
  return [facts.title, ...impact, facts.windowUtc].join(' · ');
}

/** True when the reader is rid of the works: what they would have been is no longer told. */
function isOff({ variant, status }: WorksFacts): boolean {
  return variant === 'cancelled' || variant === 'no-longer-affected' || status === 'cancelled';
}

/** True while something may still happen to the reader's circuits. */
function isAhead(facts: WorksFacts): boolean {
  return !isOff(facts) && facts.variant !== 'completed' && facts.status !== 'completed';
}

/** True when the works are told for the first time or otherwise than before, and have not begun. */
function isAnnounced({ variant, status }: WorksFacts): boolean {
  return (variant === 'new' || variant === 'changed') && (status === 'tentative' || status === 'confirmed');
}

/** The sentences between greeting and figures: what happened, what it means, an apology where one is due, what the diary does. */
function paragraphsOf(facts: WorksFacts, words: Words, spoken: Words): string[] {
  const { emergency, shortNotice, dataOnly } = facts;
  const meaning = isAhead(facts) ? ` ${word(impactWords(words, facts.impact), 'meaning')}` : '';
  const apology = emergency ? 'emergency' : 'short';
  const diary = spoken[dataOnly ? 'noDiary' : 'diary'];
  return [
    `${word(spoken, 'intro')}${meaning}`,
    ...(isAnnounced(facts) && (emergency || shortNotice) ? [word(group(words, 'apologies'), apology)] : []),
    ...(typeof diary === 'string' ? [diary] : []),
  ];
}

/** Old and new, by the name of what changed. */
function changesOf({ changes }: WorksFacts, words: Words): { label: string; before: string; after: string }[] {
  const told = (what: string, value: string | undefined) => {
    if (value === undefined) return word(words, 'nothing');
    const named = what === 'status' ? 'statuses' : what === 'impact' ? 'impacts' : undefined;
    const known = named && group(words, named)[value];
    return typeof known === 'object' ? word(known, 'word') : value;
  };
  return changes.map(({ what, before, after }) => ({
    label: word(group(words, 'changeLabels'), what),
    before: told(what, before),
    after: told(what, after),
  }));
}

/** The figures of the works. Impact, downtime and notice are told only while they still matter, the status only to whom they concern. */
function figuresOf(facts: WorksFacts, words: Words): Row[] {
  const labels = group(words, 'labels');
  const ahead = isAhead(facts);
  const concerned = facts.variant !== 'no-longer-affected';
  return rowsOf([
    [word(labels, 'status'), concerned ? word(group(group(words, 'statuses'), facts.status), 'word') : undefined],
    [word(labels, 'cancelReason'), facts.cancelReason],
    [word(labels, 'impact'), ahead ? word(impactWords(words, facts.impact), 'word') : undefined],
    [word(labels, 'downtime'), ahead ? facts.downtime : undefined],
    [word(labels, 'notice'), isAnnounced(facts) ? facts.notice : undefined],
    [word(labels, 'circuitCount'), facts.circuitCount > 0 ? String(facts.circuitCount) : undefined],
    [word(labels, 'location'), facts.location],
    [word(labels, 'worksId'), facts.worksId],
    [word(labels, 'reference'), facts.reference],
    [word(labels, 'customerNumber'), facts.ocn],
    [word(labels, 'accounts'), facts.accounts],
    [word(labels, 'coordinator'), `${facts.coordinator.name}, ${facts.coordinator.email}`],
  ]);
}

/** One circuit: its id, what happens to it and for how long, its two ends, and what it is. */
function circuitOf(circuit: WorksFacts['circuits'][number], facts: WorksFacts, words: Words) {
  const { product, aEnd, bEnd, downtime, account } = circuit;
  const labels = group(words, 'circuitLabels');
  const impact = word(impactWords(words, circuit.impact), 'word');
  const told = downtime === undefined ? impact : fill(word(labels, 'impact'), { impact, downtime });
  const about = [product, account && `${word(labels, 'account')} ${account}`].filter((part) => part !== undefined);
  const short = (text: string) => shortened(text, MAX_CIRCUIT_TEXT);
  return {
    serviceId: short(circuit.serviceId),
    impact: isAhead(facts) ? told : undefined,
    ends: rowsOf([
      [word(labels, 'aEnd'), aEnd && short(aEnd)],
      [word(labels, 'bEnd'), bEnd && short(bEnd)],
    ]),
    about: about.length > 0 ? about.map(short).join(' · ') : undefined,
  };
}

/** Where the circuits are that the email does not show. */
function circuitsNoteOf({ circuits, circuitCount, circuitsFile }: WorksFacts, words: Words, flat: Flat): string | undefined {
  if (circuitsFile !== undefined) return fill(word(group(words, 'circuitNotes'), 'inFile'), flat);
  return circuitCount > circuits.length && circuits.length > 0 ? fill(word(group(words, 'circuitNotes'), 'more'), flat) : undefined;
}

/** What a reader may want to ask: for another date, about an emergency, or what went wrong. */
function askOf(facts: WorksFacts): 'move' | 'emergency' | 'trouble' | 'question' {
  if (facts.status === 'in-process' || facts.variant === 'starting' || facts.variant === 'completed') return 'trouble';
  if (!isAhead(facts)) return 'question';
  return facts.emergency ? 'emergency' : 'move';
}

function impactWords(words: Words, impact: WorksFacts['impact']): Words {
  return group(group(words, 'impacts'), impact);
}
