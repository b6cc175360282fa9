import { CALENDARS } from '../calendars/calendars.ts';
import type { BillingAccount, Customer, LegalEntity, Service } from '../directory/records.ts';
import type { Invitation, InvitedCircuit } from '../messages/invitation.ts';
import { circuitsOf, type Window } from './affected.ts';
import { type Decision, decide, type Known, type Wish } from './decide.ts';
import { audienceOf, circuitsIn, type Scope, scopeKey, type Watch, type Watcher, watchesOf } from './scopes.ts';
import { uidOf } from './uid.ts';
import { statusOf } from './window-status.ts';
import type { PlannedWorks } from './works.ts';

/** A works as customers are told it, and the names of its windows. */
export interface ToldWorks {
  readonly works: PlannedWorks;
  /** X-MAINTNOTE-MAINTENANCE-ID by window: fixed when the window was first seen. */
  readonly maintenanceIds: Readonly<Record<string, string>>;
}

/** What the directory says of a customer. */
export interface CustomerView {
  readonly customer: Customer;
  readonly entity: LegalEntity;
  readonly accounts: readonly BillingAccount[];
  readonly watchers: readonly Watcher[];
  /** Of the works' services those that it may own. */
  readonly services: readonly Service[];
}

/**
 * Decides about all invitations of one works and one customer: one for each window and each scope of its contacts, and those that were sent
 * for windows and scopes that are no more.
 * @param known what was sent, by uid
 */
export function planCustomer(told: ToldWorks, view: CustomerView, known: ReadonlyMap<string, Known>, now: Date): Decision[] {
  const wishes = wishesOf(told, view, known, now);
  return wishes.flatMap((wish) => decide(wish, known.get(wish.uid), now) ?? []);
}

/** What each invitation of the customer should be now. */
export function wishesOf(told: ToldWorks, view: CustomerView, known: ReadonlyMap<string, Known>, now: Date): Wish[] {
  const { works } = told;
  const watches = watchesOf(view.customer.ocn, view.accounts, view.watchers, now);
  const byScope = Map.groupBy(watches, ({ scope }) => scopeKey(scope));
  const fresh = works.windows.flatMap((window) => {
    const circuits = windowCircuits(told, window, view);
    return [...byScope.values()].map((group) => wishOf(told, window, view, group, circuits));
  });
  const wanted = new Set(fresh.map(({ uid }) => uid));
  const left = [...known.values()].filter(({ diary }) => !wanted.has(diary.uid));
  return [...fresh, ...left.map(({ diary }) => orphanOf(works, diary))];
}

function wishOf(
  told: ToldWorks,
  window: Window,
  { customer }: CustomerView,
  watches: readonly Watch[],
  all: readonly InvitedCircuit[],
): Wish {
  const { works } = told;
  const { scope } = watches[0] as Watch;
  const circuits = circuitsIn(scope, all);
  const audience = audienceOf(watches, works.class, circuits);
  return {
    uid: uidOf(works.worksId, window.windowId, customer.ocn, scope),
    windowId: window.windowId,
    scope,
    audience: circuits.length > 0 ? audience : new Map(),
    target: targetOf(told, window, customer.ocn, scope, circuits),
  };
}

function targetOf(told: ToldWorks, window: Window, ocn: string, scope: Scope, circuits: readonly InvitedCircuit[]): Wish['target'] {
  const { works, maintenanceIds } = told;
  const status = statusOf(works, window.windowId);
  if (status === 'cancelled') return { is: 'cancelled', reason: works.cancelReason };
  if (circuits.length === 0) return { is: 'elsewhere' };
  const { worksId, title, description, location, reference, coordinator, noticeDays } = works;
  const invitation: Invitation = {
    worksId,
    windowId: window.windowId,
    maintenanceId: maintenanceIds[window.windowId] ?? worksId,
    ocn,
    account: scope.account,
    class: works.class,
    status,
    title,
    description,
    location,
    reference,
    coordinator,
    start: window.start,
    end: window.end,
    expectedDowntimeMinutes: window.expectedDowntimeMinutes,
    noticeDays,
    circuits,
  };
  return { is: 'live', invitation };
}

/** An invitation whose window was dropped is cancelled; one whose scope nobody has any more has lost its readers. */
function orphanOf(works: PlannedWorks, { uid, windowId, scope }: Known['diary']): Wish {
  const status = statusOf(works, windowId);
  const target: Wish['target'] = status === 'cancelled' ? { is: 'cancelled', reason: works.cancelReason } : { is: 'elsewhere' };
  return { uid, windowId, scope, target, audience: new Map() };
}

function windowCircuits({ works }: ToldWorks, window: Window, { services, accounts, entity }: CustomerView): InvitedCircuit[] {
  const { timeZone } = CALENDARS[entity.calendar];
  const byId = new Map(services.map((service) => [service.serviceId, service]));
  return circuitsOf(works, window, { services: byId, bcns: new Set(accounts.map(({ bcn }) => bcn)), timeZone });
}
