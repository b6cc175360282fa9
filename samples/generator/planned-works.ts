import { randomOf } from './random.ts';
import type { Service } from './services.ts';

const WORKS = 30;
const FIRST_WORKS = 1_001;
const IMPACTS = ['no-impact', 'reduced-redundancy', 'degraded', 'outage'] as const;
const STATUSES = ['confirmed', 'confirmed', 'confirmed', 'tentative', 'confirmed', 'in-process', 'completed', 'cancelled'] as const;

const TITLES: readonly (readonly [string, string])[] = [
  [
    'Router software upgrade',
    'The core router of this site gets a new software release. Traffic is moved away first where a second path exists.',
  ],
  ['Fibre relocation for road works', 'The city moves the duct that carries our cable. Each fibre pair is spliced over in turn.'],
  ['Power maintenance', 'The supplier tests the emergency generator and changes the batteries of the second feed.'],
  ['Replacement of a line card', 'A line card shows errors and is replaced before it fails.'],
  ['Submarine cable repair', 'A ship repairs a shunt fault; the affected wavelengths are switched to the northern route.'],
  ['Security patch for access switches', 'Access switches restart one after the other to load a patch.'],
];

/** Planned works of the weeks after the month-end, one event each: a few with two windows, one that hits every store, one emergency. */
export function plannedWorks(servicesByAccount: ReadonlyMap<string, readonly Service[]>): unknown[] {
  const all = [...servicesByAccount.values()].flat();
  return Array.from({ length: WORKS }, (_, index) => works(index, all));
}

function works(index: number, all: readonly Service[]) {
  const random = randomOf('works', String(index));
  const worksId = `CRQ-${FIRST_WORKS + index}`;
  const emergency = index === 11;
  const [title, description] = random.pick(TITLES);
  const day = `2026-${index < 18 ? '11' : '12'}-${String(10 + (index % 18)).padStart(2, '0')}`;
  const windows = Array.from({ length: index % 7 === 3 ? 2 : 1 }, (_, n) => windowOf(day, n, emergency));
  const affected = index === 7 ? all.filter(({ code }) => code === 'SDW') : sample(all, random.int(1, 9), index);
  const status = emergency ? 'confirmed' : (STATUSES[index % STATUSES.length] as string);
  return {
    specversion: '1.0',
    id: `northgate-${worksId}-0`,
    source: '/change-management',
    type: 'planned-works.published',
    time: `2026-11-${String(2 + (index % 5)).padStart(2, '0')}T09:${String(index).padStart(2, '0')}:00Z`,
    subject: worksId,
    data: {
      worksId,
      revision: status === 'confirmed' && index % 5 === 0 ? 2 : 0,
      status,
      class: emergency ? 'emergency' : 'planned',
      title,
      description,
      ...(status === 'cancelled' ? { cancelReason: 'The supplier has withdrawn the work order.' } : {}),
      coordinator: { name: 'Planned Works Desk', email: 'works@northgate.example' },
      windows,
      services: affected.map(({ serviceId }) => {
        const impact = random.pick(IMPACTS);
        return { serviceId, impact, ...(impact === 'outage' ? { expectedDowntimeMinutes: random.int(5, 45) } : {}) };
      }),
    },
  };
}

function windowOf(day: string, n: number, emergency: boolean) {
  const date = new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);
  const [start, end] = emergency ? ['13:00', '15:00'] : ['00:00', '04:00'];
  return {
    windowId: String(n + 1),
    start: `${date}T${start}:00+01:00`,
    end: `${date}T${end}:00+01:00`,
    expectedDowntimeMinutes: 15,
    status: 'confirmed',
  };
}

function sample(all: readonly Service[], count: number, index: number): Service[] {
  const first = (index * 37) % all.length;
  return Array.from({ length: count }, (_, n) => all[(first + n * 13) % all.length] as Service);
}
