import pLimit from 'p-limit';
import { now } from '../../../functions/aws/clock.ts';
import { type Item, putItems } from '../../../functions/aws/tables.ts';
import { ACCOUNT, accountKey, contactKey, customerKey, entityKey, mailboxKey } from '../../../functions/directory/keys.ts';
import { billingAccountSchema, type Contact, customerSchema } from '../../../functions/directory/records.ts';
import { addVersions } from '../../../functions/documents/records.ts';
import type { Review } from '../../../functions/first-invoice/review.ts';
import { changeReview } from '../../../functions/first-invoice/review-store.ts';
import { HELD } from '../../../functions/messages/hold.ts';
import { newMessageWrite } from '../../../functions/messages/store.ts';
import { plannedWorks } from '../../../functions/planned-works/works.ts';
import { putCustomer, putWorks } from '../../../functions/planned-works/works-store.ts';
import { preferenceHistory } from '../../../functions/preferences/preferences.ts';
import { openTask } from '../../../functions/tasks/tasks.ts';
import { contactOf, SELLER } from '../messages/directory-of.ts';
import { storedMessage } from '../messages/message-of.ts';

/** The ids of a customer that has far more of everything than a page shows. */
export const CROWD = {
  ocn: '900001',
  bcn: 'B9000000',
  worksId: 'CRQ-9000',
  contactId: 'K00000',
  email: 'everybody@crowd.example',
} as const;

const ADDRESS = { street: 'Beispielstraße 12', postalCode: '10115', city: 'Berlin', country: 'DE' };
const together = pLimit(24);

/** So many accounts, contacts, documents, emails, tasks, reviews and works of one customer. */
export async function putCrowd(count: number): Promise<void> {
  await putPeople(count);
  await putDocuments(count);
  await putMails(count);
  await Promise.all(numbers(count).map((n) => together(() => putTask(n))));
  await Promise.all(numbers(count).map((n) => together(() => putReview(n))));
  await Promise.all(numbers(count).map((n) => together(() => putPlannedWorks(n))));
  await Promise.all(numbers(count).map((n) => together(() => putCustomer(CROWD.worksId, `9${padded(n)}`, ['SERVICE-1']))));
  await putHistory(count);
}

export const padded = (n: number) => String(n).padStart(5, '0');
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const bcnOf = (n: number) => `B90${padded(n)}`;

async function putPeople(count: number): Promise<void> {
  const { ocn, email } = CROWD;
  const customer = customerSchema.parse({ ocn, name: 'Crowd GmbH', legalEntityId: 'NL-DE', country: 'DE', language: 'de' });
  await putItems('directory', [
    { ...entityKey('NL-DE'), record: SELLER },
    { ...customerKey(ocn), record: customer },
    ...numbers(count).flatMap((n) => accountItems(bcnOf(n), ocn)),
    ...numbers(count).map((n) => contactItem(contactOf({ ocn, contactId: `K${padded(n)}`, email }))),
  ]);
}

function accountItems(bcn: string, ocn: string): Item[] {
  const facts = {
    currency: 'EUR',
    language: 'de',
    paymentTerms: { days: 30 },
    activeFrom: '2020-01-01',
    delivery: { attach: true, post: false },
  };
  const record = billingAccountSchema.parse({ bcn, ocn, name: `Crowd GmbH, ${bcn}`, address: ADDRESS, ...facts });
  return [
    { ...accountKey(bcn), record },
    { pk: customerKey(ocn).pk, sk: `${ACCOUNT}${bcn}` },
  ];
}

function contactItem(record: Contact): Item {
  const { ocn, contactId, email } = record;
  return { ...contactKey(ocn, contactId), byMailboxPk: mailboxKey(email), byMailboxSk: `${ocn}#${contactId}`, record };
}

/** Of one account and one month: a run that a hundred reruns came after. */
async function putDocuments(count: number): Promise<void> {
  const { ocn, bcn } = CROWD;
  const name = { ocn, bcn, period: '2026-10', kind: 'invoice', format: 'pdf' } as const;
  await addVersions(
    numbers(count).map((n) => {
      return {
        ...name,
        number: `DE26${padded(n)}`,
        sha256: `${n}`,
        bytes: 1,
        publicationId: `2026-10.DE.${n + 1}`,
        facts: { gross: '1.00', currency: 'EUR' },
      };
    }),
  );
}

async function putMails(count: number): Promise<void> {
  const messages = numbers(count).map((n) => {
    const messageId = n.toString(16).padStart(32, '0');
    const queuedAt = new Date(Date.parse('2026-11-04T06:00:00Z') + n * 1000).toISOString();
    const { ocn, bcn } = CROWD;
    const about = { subject: `doc-${n}`, contactId: CROWD.contactId, address: CROWD.email, ocn, bcn, group: '2026-10.DE.1' };
    return storedMessage({ ...about, messageId, queuedAt, state: 'held', reason: 'Rule "there is a text part" is broken', history: [] });
  });
  const writes = messages.map(newMessageWrite);
  await putItems('messages', [
    ...writes.flatMap((write) => ('put' in write ? [write.put] : [])),
    ...messages.map(({ messageId }) => ({ pk: HELD, sk: `v1#${messageId}#1`, messageId })),
  ]);
}

async function putTask(n: number): Promise<void> {
  const { ocn, bcn, contactId } = CROWD;
  const kind = n % 2 === 0 ? ('complaint' as const) : ('delayed' as const);
  await openTask(
    { kind, cause: `cause-${n}`, ocn, bcn, contactId, subject: `doc-${n}`, reason: `task number ${n}`, alone: false },
    new Date(now().getTime() + n),
  );
}

async function putReview(n: number): Promise<void> {
  const at = '2026-11-04T06:00:00.000Z';
  const deadlineAt = '2026-11-11T16:00:00.000Z';
  const draft = {
    bcn: bcnOf(n),
    ocn: CROWD.ocn,
    legalEntityId: 'NL-DE',
    period: '2026-10',
    calendar: 'DE',
    version: 1,
    fingerprint: 'f',
    bills: [],
    intraEu: false,
  } as const;
  const review: Review = {
    ...draft,
    ...{ state: 'awaiting-customer', revision: 1, draftedAt: at, checks: { blocks: 0, asks: 0, notes: 0 }, reminded: 0 },
    deadlines: { remindAt: ['2026-11-06T08:00:00.000Z', '2026-11-10T08:00:00.000Z'], deadlineAt },
  };
  const actor = { kind: 'billing', cause: 'the month' } as const;
  await changeReview(undefined, { review, line: { at, revision: 1, version: 1, trigger: 'draft', to: 'awaiting-customer', actor } });
}

async function putPlannedWorks(n: number): Promise<void> {
  const worksId = `CRQ-${9000 + n}`;
  const windows = [{ windowId: 'W1', start: '2026-12-01T00:00:00Z', end: '2026-12-01T04:00:00Z' }];
  const about = { worksId, revision: 1, status: 'confirmed', class: 'planned', title: `Works ${worksId}`, description: 'Fibre', windows };
  const works = plannedWorks.parse({ ...about, services: [{ serviceId: 'SERVICE-1', impact: 'outage' }] });
  const state = { revision: 1, works, maintenanceIds: {}, releases: [], unknownServices: [], source: '/test', eventId: worksId };
  await putWorks({ ...state, receivedAt: '2026-11-04T06:00:00Z', version: 0 }, undefined);
}

async function putHistory(count: number): Promise<void> {
  const { ocn, contactId } = CROWD;
  const lines = numbers(count).map((n) => {
    const at = new Date(Date.parse('2025-01-01T00:00:00Z') + n * 60_000).toISOString();
    const decided = { at, changeId: `change-${padded(n)}`, by: contactId, how: 'page' };
    return {
      pk: `CONTACT#${ocn}#${contactId}`,
      sk: `HISTORY#${at}#change-${padded(n)}`,
      ...decided,
      setting: 'reminders',
      value: n % 2 ? 'on' : 'off',
    };
  });
  await putItems('preferences', lines);
  if ((await preferenceHistory(ocn, contactId)).length !== count) throw new Error('The history is kept otherwise by now: write it so here');
}
