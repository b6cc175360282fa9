import type { KindName } from '../directory/kinds.ts';
import type { LineOutcome } from '../directory/put-records.ts';
import type { GivenRecord } from '../directory/write.ts';
import type { Changed } from '../planned-works/reconsider.ts';

/** Whose open works have to be decided anew after some records were written: customers whose contacts changed, services whose owner may have. */
export function changeOfWorks(name: KindName, given: readonly GivenRecord[], outcomes: readonly LineOutcome[]): Changed {
  const changed = new Set(outcomes.filter(({ outcome }) => outcome === 'new' || outcome === 'changed').map(({ line }) => line));
  const records = given.filter(({ line }) => changed.has(line)).map((record) => record.given);
  switch (name) {
    case 'contacts':
    case 'billingAccounts':
      return { ocns: fieldsOf(records, 'ocn') };
    case 'services':
      return { serviceIds: fieldsOf(records, 'serviceId') };
    case 'legalEntities':
    case 'customers':
    case 'numbers':
      return {};
  }
}

/** The records went in, so the field is there. */
function fieldsOf(records: readonly unknown[], field: string): string[] {
  return [...new Set(records.map((record) => String((record as Record<string, unknown>)[field])))];
}
