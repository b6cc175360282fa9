import pLimit from 'p-limit';
import type { CalendarCode } from '../calendars/calendars.ts';
import { planCustomer, type ToldWorks } from './customer-plan.ts';
import type { Letter } from './decide.ts';
import { knownOf } from './diary-store.ts';
import { affectedBy, viewOf } from './gather.ts';
import { customersOf } from './works-store.ts';

/** One email that would be sent. */
export interface PreviewLine extends Pick<Letter, 'act' | 'variant' | 'sequence' | 'address'> {
  readonly ocn: string;
  readonly contactId: string;
  readonly account: string;
  readonly windowId: string;
}

/** What a works would set off now. */
export interface Preview {
  readonly customers: readonly string[];
  readonly calendars: readonly CalendarCode[];
  readonly unknownServices: readonly string[];
  readonly lines: readonly PreviewLine[];
  /** Different addresses. */
  readonly recipients: number;
}

const PARALLEL_CUSTOMERS = 8;

/** Decides what every customer would be told, and tells nobody. */
export async function previewOf(told: ToldWorks, now: Date): Promise<Preview> {
  const { worksId } = told.works;
  const { byCustomer, unknownServices } = await affectedBy(told.works);
  const ocns = [...new Set([...byCustomer.keys(), ...(await customersOf(worksId))])].sort();
  const limit = pLimit(PARALLEL_CUSTOMERS);
  const parts = await Promise.all(ocns.map((ocn) => limit(() => previewCustomer(told, ocn, byCustomer.get(ocn) ?? [], now))));
  const lines = parts.flatMap((part) => part?.lines ?? []);
  return {
    customers: [...new Set(lines.map(({ ocn }) => ocn))],
    calendars: [...new Set(parts.flatMap((part) => part?.calendar ?? []))],
    unknownServices,
    lines,
    recipients: new Set(lines.map(({ address }) => address)).size,
  };
}

async function previewCustomer(told: ToldWorks, ocn: string, serviceIds: readonly string[], now: Date) {
  const view = await viewOf(ocn, serviceIds, now);
  if (!view) return undefined;
  const decisions = planCustomer(told, view, await knownOf({ worksId: told.works.worksId, ocn }), now);
  const lines = decisions.flatMap(({ letters, diary: { windowId, scope } }) =>
    letters.map(({ act, variant, sequence, address, contact }): PreviewLine => {
      return { ocn, contactId: contact.contactId, account: scope.account, windowId, act, variant, sequence, address };
    }),
  );
  return { calendar: view.entity.calendar, lines };
}
