import { wantedDiaries } from '../oracle/planned-works/wanted-diaries.ts';
import { directoryOf, HOURS } from './sample-works.ts';

/** Works that a customer's system should know. Instants as milliseconds. */
export interface LiveWorks {
  readonly account: string;
  readonly provider: string;
  readonly maintenanceId: string;
  readonly start: number;
  readonly end: number;
  readonly status: string;
  readonly circuits: Readonly<Record<string, string>>;
}

type State = Parameters<typeof wantedDiaries>[0];
type Works = State['works'] & { readonly worksId: string };

const PROVIDER = 'carrier.example';
const TODAY = '2026-11-02';

/**
 * What every customer's system should know at the end of the day, from what was published alone: works are dropped when they or their window
 * are cancelled; a customer that they no longer touch keeps them as it was told, for they go on.
 */
export function liveWorks(): LiveWorks[] {
  const live = new Map<string, LiveWorks>();
  const windows = new Map<string, string[]>();
  let contacts = directoryOf<State['contacts'][number]>('contacts');
  let services = directoryOf<State['services'][number]>('services');
  const accounts = new Map(directoryOf<{ bcn: string; ocn: string }>('billing-accounts').map(({ bcn, ocn }) => [bcn, ocn]));
  for (const { load, publish } of HOURS) {
    contacts = replaced(contacts, (load?.contacts ?? []) as typeof contacts, ({ contactId, ocn }) => `${contactId} ${ocn}`);
    services = replaced(services, (load?.services ?? []) as typeof services, ({ serviceId }) => serviceId);
    for (const { data } of publish) {
      const names = nameWindows(data, windows);
      for (const [windowId, maintenanceId] of names)
        tell(live, { works: data, windowId, maintenanceId }, { today: TODAY, contacts, services, accounts, wishes: new Map() });
    }
  }
  return [...live.values()];
}

/** Maintenance ids by window, those of dropped windows too: the first window ever seen has the works' own. */
function nameWindows({ worksId, windows }: Works, seen: Map<string, string[]>): Map<string, string> {
  const known = seen.get(worksId) ?? [];
  const all = [...new Set([...known, ...windows.map(({ windowId }) => windowId)])];
  seen.set(worksId, all);
  return new Map(all.map((windowId, place) => [windowId, place === 0 ? worksId : `${worksId}.${windowId}`]));
}

function tell(
  live: Map<string, LiveWorks>,
  { works, windowId, maintenanceId }: { works: Works; windowId: string; maintenanceId: string },
  state: Omit<State, 'works'>,
): void {
  const window = works.windows.find((one) => one.windowId === windowId);
  if (!window || works.status === 'cancelled') {
    for (const [key, known] of live) if (known.maintenanceId === maintenanceId) live.delete(key);
    return;
  }
  const entries = [...wantedDiaries({ ...state, works: { ...works, windows: [window] } }).values()].flat();
  for (const { account, start, end, objects: circuits } of entries) {
    const key = `${account} ${maintenanceId}`;
    // What is done before a customer heard of it is no news.
    if (works.status === 'completed' && !live.has(key)) continue;
    live.set(key, { account, provider: PROVIDER, maintenanceId, start, end, status: works.status.toUpperCase(), circuits });
  }
}

function replaced<T>(records: readonly T[], newer: readonly T[], keyOf: (record: T) => string): T[] {
  return [...new Map([...records, ...newer].map((record) => [keyOf(record), record])).values()];
}
