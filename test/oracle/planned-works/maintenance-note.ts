import { type Component, linesNamed, valueNamed } from './content-lines.ts';

/*
 * The MAINTNOTE properties of an event as a customer's system reads them, strictly: what is doubtful is refused, not guessed.
 */

/** From the best to the worst. */
const IMPACTS = ['NO-IMPACT', 'REDUCED-REDUNDANCY', 'DEGRADED', 'OUTAGE'] as const;
/** What iCalendar's STATUS is beside each. */
const STATUSES = {
  TENTATIVE: 'TENTATIVE',
  CONFIRMED: 'CONFIRMED',
  'IN-PROCESS': 'CONFIRMED',
  COMPLETED: 'CONFIRMED',
  CANCELLED: 'CANCELLED',
} as const;

export type Impact = (typeof IMPACTS)[number];
export type NoteStatus = keyof typeof STATUSES;

export interface MaintenanceNote {
  readonly provider: string;
  readonly account: string;
  readonly maintenanceId: string;
  /** Circuit to its own impact. */
  readonly objects: ReadonlyMap<string, Impact>;
  readonly impact: Impact;
  /** Missing in a message that only a contact leaves with. */
  readonly status?: NoteStatus | undefined;
}

export type ReadNote = { readonly note: MaintenanceNote } | { readonly faults: readonly string[] };

/**
 * Reads the note of an event.
 * @param provider the domain that the message came from
 */
export function readNote(event: Component, provider: string): ReadNote {
  const own = new Map(
    ['PROVIDER', 'ACCOUNT', 'MAINTENANCE-ID', 'IMPACT'].map((name) => [name, linesNamed(event, `X-MAINTNOTE-${name}`)] as const),
  );
  const counts = [...own].filter(([, lines]) => lines.length !== 1 || lines[0]?.value.trim() === '');
  const faults = counts.map(([name, lines]) => `${lines.length} X-MAINTNOTE-${name} with a value, exactly one is right`);
  const { objects, faults: objectFaults } = readObjects(event);
  const value = (name: string) => own.get(name)?.[0]?.value ?? '';
  const impact = value('IMPACT');
  faults.push(...objectFaults, ...impactFaults(impact, [...objects.values()]), ...statusFaults(event));
  if (value('PROVIDER') !== provider) faults.push(`X-MAINTNOTE-PROVIDER is ${value('PROVIDER')}, ${provider} is right`);
  if (faults.length > 0) return { faults };
  return {
    note: {
      provider: value('PROVIDER'),
      account: value('ACCOUNT'),
      maintenanceId: value('MAINTENANCE-ID'),
      objects: objects as ReadonlyMap<string, Impact>,
      impact: impact as Impact,
      status: valueNamed(event, 'X-MAINTNOTE-STATUS') as NoteStatus | undefined,
    },
  };
}

/** True when the event has any property of the standard. */
export function hasNote({ lines }: Component): boolean {
  return lines.some(({ name }) => name.startsWith('X-MAINTNOTE-'));
}

function readObjects(event: Component): { objects: Map<string, string>; faults: string[] } {
  const objects = new Map<string, string>();
  const faults: string[] = [];
  for (const { value, parameters } of linesNamed(event, 'X-MAINTNOTE-OBJECT-ID')) {
    const [impact = '', ...more] = parameters.get('X-MAINTNOTE-OBJECT-IMPACT') ?? [];
    if (value.trim() === '') faults.push('an X-MAINTNOTE-OBJECT-ID without a value');
    if (objects.has(value)) faults.push(`${value} is an object twice`);
    if (!isImpact(impact) || more.length > 0)
      faults.push(`X-MAINTNOTE-OBJECT-IMPACT of ${value} is ${impact}, one of ${IMPACTS.join(', ')} is right`);
    objects.set(value, impact);
  }
  if (objects.size === 0) faults.push('no X-MAINTNOTE-OBJECT-ID');
  return { objects, faults };
}

function impactFaults(impact: string, objects: readonly string[]): string[] {
  if (!isImpact(impact)) return [`X-MAINTNOTE-IMPACT is ${impact}, one of ${IMPACTS.join(', ')} is right`];
  const worst = IMPACTS.findLast((one) => objects.includes(one));
  return worst === undefined || worst === impact ? [] : [`X-MAINTNOTE-IMPACT is ${impact}, the worst of its objects is ${worst}`];
}

function statusFaults(event: Component): string[] {
  const [found, ...more] = linesNamed(event, 'X-MAINTNOTE-STATUS');
  const told = valueNamed(event, 'STATUS');
  if (more.length > 0) return ['several X-MAINTNOTE-STATUS'];
  if (!found) return told === undefined ? [] : [`STATUS is ${told}, but there is no X-MAINTNOTE-STATUS`];
  if (!isStatus(found.value)) return [`X-MAINTNOTE-STATUS is ${found.value}, one of ${Object.keys(STATUSES).join(', ')} is right`];
  const right = STATUSES[found.value];
  return told === right ? [] : [`STATUS is ${told ?? 'missing'} beside X-MAINTNOTE-STATUS ${found.value}, ${right} is right`];
}

function isImpact(text: string): text is Impact {
  return IMPACTS.some((impact) => impact === text);
}

function isStatus(text: string): text is NoteStatus {
  return Object.hasOwn(STATUSES, text);
}
