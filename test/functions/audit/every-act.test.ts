import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { ACTS, type ActName, type ActRecord } from '../../../functions/audit/human-act.ts';
import { trail } from '../../../functions/audit/trail.ts';
import { now } from '../../../functions/aws/clock.ts';
import { setting } from '../../../functions/aws/environment.ts';
import { putItem } from '../../../functions/aws/tables.ts';
import { askForCorrection, askForRerun } from '../../../functions/billing/ask.ts';
import { holdRun, releaseRun, stopRun } from '../../../functions/billing/brake.ts';
import { monthRun } from '../../../functions/billing/open-run.ts';
import { closeBatch, handOverBatch, openBatch } from '../../../functions/billing/print-batch.ts';
import { createRun } from '../../../functions/billing/run-store.ts';
import type { Approval } from '../../../functions/console/approval.ts';
import { findApproval, keepApproval, keepVerdict } from '../../../functions/console/approval-store.ts';
import { redrive } from '../../../functions/dead-letters/dead-letters.ts';
import { contactKey } from '../../../functions/directory/keys.ts';
import { approve, extend, query, reject, release } from '../../../functions/first-invoice/answer.ts';
import type { Review } from '../../../functions/first-invoice/review.ts';
import { changeReview } from '../../../functions/first-invoice/review-store.ts';
import { handIn } from '../../../functions/intake/hand-in.ts';
import { rotateKeys } from '../../../functions/link-keys/rotate-keys.ts';
import { pauseSending, resumeSending } from '../../../functions/messages/brakes.ts';
import { dropHeld, recheckHeld, releaseHeld } from '../../../functions/messages/held.ts';
import { putMessage } from '../../../functions/messages/store.ts';
import { releaseWorks } from '../../../functions/planned-works/reconsider.ts';
import { putWorks } from '../../../functions/planned-works/works-store.ts';
import { setDefault } from '../../../functions/preferences/defaults.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import { liftSuppression, suppress } from '../../../functions/preferences/suppression.ts';
import { witnessOf } from '../../../functions/preferences/witness.ts';
import { erasePerson } from '../../../functions/privacy/erase-person.ts';
import { handOutPerson } from '../../../functions/privacy/export-person.ts';
import { taskIdOf } from '../../../functions/tasks/task.ts';
import { finishTask, openTask } from '../../../functions/tasks/tasks.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from '../messages/directory-of.ts';
import { storedMessage } from '../messages/message-of.ts';
import { worksOf } from '../planned-works/plan-of.ts';

useCloud();

const OCN = '100234';
const ANNA = { contactId: 'P1', name: 'Anna Beispiel' };
const CONTENT = 'c0ffee'.repeat(8);

let jane: { by: string; reason: string };
let id: string;
let hour = Date.parse('2026-11-05T09:00:00Z');
beforeEach(() => {
  hour += 3_600_000;
  setClock(new Date(hour).toISOString());
  id = randomUUID().slice(0, 8);
  jane = { by: `Jane ${id}`, reason: 'agreed by telephone' };
});

/** One scenario for each act: it makes what the act needs, and does it. Answers what the trail must say beside who, what and why. */
type Scenario = () => Promise<Partial<ActRecord>>;

const EVERY_ACT: Readonly<Record<ActName, Scenario>> = {
  'run.hold': async () => {
    const run = await aRun();
    await holdRun(run, jane, now());
    return { subject: aboutRun(run), before: { state: 'waiting-for-input' }, after: { state: 'held' }, ledTo: run };
  },
  'run.stop': async () => {
    const run = await aRun();
    await stopRun(run, jane, now());
    return { subject: aboutRun(run), before: { state: 'waiting-for-input' }, after: { state: 'stopped' }, ledTo: run };
  },
  'run.release': async () => {
    const run = await aRun();
    await holdRun(run, { ...jane, by: 'Tom Clerk' }, now());
    await releaseRun(run, jane, now());
    return { subject: aboutRun(run), before: { state: 'held' }, after: { state: 'waiting-for-input' }, ledTo: run };
  },
  'approval.ask': async () => {
    const asked = await anApproval();
    return { actId: `approvals/${asked.id}`, subject: asked.subject };
  },
  'approval.give': async () => {
    const asked = await anApproval('Tom Clerk');
    await keepVerdict(asked, 'approved', { subject: id, name: jane.by }, jane.reason, now());
    return { actId: `approvals/${asked.id}/verdict`, identity: id, subject: asked.subject };
  },
  'approval.decline': async () => {
    const asked = await anApproval('Tom Clerk');
    await keepVerdict(asked, 'declined', { subject: id, name: jane.by }, jane.reason, now());
    return { actId: `approvals/${asked.id}/verdict`, identity: id, subject: asked.subject };
  },
  'rerun.ask': async () => {
    const asked = { period: '2026-10', bcns: [`B-${id}`], reason: jane.reason, requestedBy: jane.by, resend: 'changed' } as const;
    const eventId = await askForRerun({ ...asked, bcns: [...asked.bcns] }, {}, now());
    const ledTo = `event billing.run.requested /carrierpost-cli ${eventId}`;
    return { subject: { period: '2026-10', bcns: [`B-${id}`] }, after: { resend: 'changed', accounts: 1 }, ledTo };
  },
  'correction.ask': async () => {
    const asked = { period: '2026-10', bcn: `B-${id}`, reason: jane.reason, requestedBy: jane.by };
    const eventId = await askForCorrection(asked, {}, now());
    return { subject: { bcn: `B-${id}`, period: '2026-10' }, ledTo: `event billing.correction.requested /carrierpost-cli ${eventId}` };
  },
  'mail.pause': async () => {
    await pauseSending('invoice', jane, now());
    return { subject: { sending: 'invoice' }, before: { paused: false }, after: { paused: true } };
  },
  'mail.resume': async () => {
    await pauseSending(undefined, { ...jane, by: 'Tom Clerk' }, now());
    await resumeSending(undefined, jane, now());
    return { subject: { sending: 'everything' }, before: { paused: true }, after: { paused: false } };
  },
  'held.release': async () => {
    const messageId = await aHeldMessage();
    await releaseHeld(messageId, { ...jane, content: CONTENT }, now());
    return { ...ofMessage(messageId), after: { state: 'queued' } };
  },
  'held.recheck': async () => {
    const messageId = await aHeldMessage();
    await recheckHeld(messageId, jane, now());
    return { ...ofMessage(messageId), after: { state: 'queued' } };
  },
  'held.drop': async () => {
    const messageId = await aHeldMessage();
    await dropHeld(messageId, jane, now());
    return { ...ofMessage(messageId), after: { state: 'skipped' } };
  },
  'review.approve': async () => {
    const review = await aReview();
    jane = { by: 'contact P1', reason: '' };
    await approve(review, ANNA, now());
    return { ...ofReview(review), after: { state: 'approved', version: 1 } };
  },
  'review.query': async () => {
    const review = await aReview();
    jane = { by: 'contact P1', reason: '' };
    await query(review, ANNA, [{ billId: 'BILL', reason: 'why so much?' }], now());
    return { ...ofReview(review), after: { state: 'queried', version: 1, questions: 1 } };
  },
  'review.release': async () => {
    const review = await aReview();
    await release(review, jane, now());
    return { ...ofReview(review), after: { state: 'approved', version: 1 } };
  },
  'review.extend': async () => {
    const review = await aReview();
    await extend(review, jane, '2026-12-01', now());
    const deadline = '2026-12-01T16:00:00.000Z';
    const before = { state: 'awaiting-customer', version: 1, deadline: review.deadlines.deadlineAt };
    return { ...ofReview(review), before, after: { state: 'awaiting-customer', version: 1, deadline } };
  },
  'review.reject': async () => {
    const review = await aReview();
    await reject(review, jane, now());
    return { ...ofReview(review), after: { state: 'rejected', version: 1 } };
  },
  'works.release': async () => {
    const worksId = `CRQ-${id}`;
    const hold = { reason: 'many recipients', since: now().toISOString(), customers: 2, recipients: 700 };
    const told = { maintenanceIds: {}, releases: [], unknownServices: [], source: '/test', eventId: id, receivedAt: now().toISOString() };
    await putWorks({ revision: 3, works: { ...worksOf({}), worksId }, hold, ...told, version: 1 }, undefined);
    await releaseWorks(worksId, jane, now());
    return { subject: { worksId }, before: { held: 'many recipients' }, after: { revision: 3, recipients: 700, customers: 2 } };
  },
  'task.done': async () => {
    const about = { ocn: OCN, bcn: 'B4711', contactId: `C-${id}`, messageId: 'm1', subject: 'doc' };
    const task = { kind: 'not-delivered', cause: id, reason: 'bounce', alone: true, ...about } as const;
    await openTask(task, now());
    await finishTask(taskIdOf(task), jane, now());
    await finishTask(taskIdOf(task), jane, now());
    const { subject: _, ...ids } = about;
    return { subject: { taskId: taskIdOf(task), ...ids }, before: { state: 'open' }, after: { state: 'done' } };
  },
  'preference.set': async () => {
    const [contactId, changeId] = [`C-${id}`, randomUUID()];
    const decided = {
      changeId,
      at: now().toISOString(),
      by: jane.by,
      how: 'billing team',
      witness: witnessOf(jane, { ocn: OCN, contactId }, now()),
    };
    const setting = { name: 'category', bcn: 'B4711', category: 'documents', value: 'off' } as const;
    await setPreference(OCN, contactId, setting, decided);
    await setPreference(OCN, contactId, setting, { ...decided, changeId: randomUUID(), saidNow: true });
    return { subject: { ocn: OCN, contactId, bcn: 'B4711' }, after: { 'category#documents#B4711': 'off' } };
  },
  'default.set': async () => {
    const contactId = `C-${id}`;
    await putDirectory(contactOf({ contactId, roles: ['administrator'], email: `anna-${id}@acme.example` }));
    const decided = {
      changeId: randomUUID(),
      at: now().toISOString(),
      by: jane.by,
      how: 'page',
      witness: witnessOf(jane, { ocn: OCN }, now()),
    };
    await setDefault(OCN, contactId, { name: 'reminders', value: 'on' }, decided);
    return { subject: { ocn: OCN }, after: { reminders: 'on' } };
  },
  'link.revoke': async () => {
    const contactId = `C-${id}`;
    const decided = {
      changeId: randomUUID(),
      at: now().toISOString(),
      by: jane.by,
      how: 'page',
      witness: witnessOf(jane, { ocn: OCN, contactId }, now()),
    };
    await setPreference(OCN, contactId, { name: 'feed', value: 'a1b2c3' }, decided);
    return { subject: { ocn: OCN, contactId }, before: { link: 'feed' }, after: { link: 'feed', revoked: true } };
  },
  'suppression.lift': async () => {
    const address = `anna-${id}@acme.example`;
    await suppress(address, { reason: 'complaint', at: now().toISOString(), messageId: `m-${id}` });
    await liftSuppression(address, { ...jane, askedBy: 'Anna Beispiel, by telephone' }, now());
    return { subject: { messageId: `m-${id}` }, before: { suppressed: 'complaint' }, after: { suppressed: false } };
  },
  'person.export': async () => {
    await putDirectory(contactOf({ contactId: `C-${id}`, email: `anna-${id}@acme.example` }));
    await handOutPerson(OCN, `C-${id}`, jane, now());
    return { subject: { ocn: OCN, contactId: `C-${id}` } };
  },
  'person.erase': async () => {
    const record = contactOf({ contactId: `C-${id}`, email: `anna-${id}@acme.example` });
    const imported = { at: '2026-11-01T00:00:00.000Z', version: '2026-11-01', sha256: 'hash' };
    await putItem('directory', { ...contactKey(OCN, record.contactId), record, ...imported });
    await erasePerson(OCN, `C-${id}`, jane, now());
    return { subject: { ocn: OCN, contactId: `C-${id}` } };
  },
  'print.hand-over': async () => {
    const publicationId = `2026-${10 + (hour % 3)}.DE.${Number.parseInt(id, 16) % 9999}`;
    await openBatch(publicationId);
    await closeBatch(publicationId, 3, 'hash', now());
    await handOverBatch(publicationId, jane.by, jane.reason, now());
    return { subject: aboutRun(publicationId), before: { state: 'ready' }, after: { state: 'handed-over' } };
  },
  'letters.redrive': async () => {
    await redrive('billing', ['m1', 'm1', 'm2'], jane, now());
    return { subject: { queue: 'billing' }, after: { letters: 'm1, m2' } };
  },
  'keys.rotate': async () => {
    const { current } = await rotateKeys(setting('LINK_KEYS_SECRET'), jane, now());
    return { subject: {}, after: { signs: current } };
  },
  'export.load': async () => {
    const importId = await handIn(`loads/${id}/`, now(), jane, now());
    return { subject: {}, after: { prefix: `loads/${id}/` }, ledTo: `import ${importId}` };
  },
};

const aboutRun = (runId: string) => ({ period: runId.split('.')[0], calendar: 'DE', runId });
const ofMessage = (messageId: string) => ({
  subject: { messageId, ocn: OCN, bcn: 'B4711', contactId: `C-${id}` },
  before: { state: 'held', rules: 'due date', content: CONTENT },
});
const ofReview = ({ ocn, bcn, period }: Review) => ({
  subject: { ocn, bcn, period },
  before: { state: 'awaiting-customer', version: 1 } as ActRecord['before'],
});

async function aRun(): Promise<string> {
  const period = `2${String(hour / 3_600_000).slice(-3)}-10`;
  const run = monthRun(period, 'DE', '2026-11-04', now());
  await createRun(run, 'test', now());
  return run.runId;
}

/** What one person asked another one to approve: by Jane, whose test it is, or by Tom when Jane decides. */
async function anApproval(by = jane.by): Promise<Approval> {
  const asked = { what: 'run.release', input: {}, subject: { period: '2026-10', calendar: 'DE' }, sentence: 'Release Germany' } as const;
  const askedBy = { subject: `of ${by}`, name: by };
  const key = await keepApproval({ ...asked, extent: { accounts: 300, emails: 0 }, askedBy, reason: jane.reason }, now());
  return (await findApproval(key)) as Approval;
}

async function aHeldMessage(): Promise<string> {
  const held = { rules: ['due date'], content: CONTENT, line: `line-${id}` };
  const messageId = randomUUID().replaceAll('-', '');
  await putMessage(storedMessage({ messageId, contactId: `C-${id}`, state: 'held', held }));
  return messageId;
}

async function aReview(): Promise<Review> {
  const draft = { bcn: `B-${id}`, ocn: OCN, legalEntityId: 'NL-DE', period: '2026-10', calendar: 'DE', version: 1 } as const;
  const review: Review = {
    ...{ ...draft, fingerprint: 'f', bills: [], intraEu: false, state: 'awaiting-customer', revision: 1, draftedAt: now().toISOString() },
    ...{ checks: { blocks: 0, warnings: 0, notes: 0 } as unknown as Review['checks'], reminded: 0 },
    deadlines: { remindAt: ['2026-11-20T08:00:00.000Z', '2026-11-24T08:00:00.000Z'], deadlineAt: '2026-11-25T16:00:00.000Z' },
  };
  const line = { at: now().toISOString(), revision: 1, version: 1, trigger: 'draft', to: 'awaiting-customer' } as const;
  await changeReview(undefined, { review, line: { ...line, actor: { kind: 'billing', cause: 'test' } } });
  return review;
}

describe('what a person does is in the trail, with who, what, why, before and after', () => {
  test.each(Object.entries(EVERY_ACT) as [ActName, Scenario][])('%s', async (what, scenario) => {
    const expected = await scenario();
    const acts = await Array.fromAsync(trail({ day: now().toISOString().slice(0, 10) }));
    const { by } = jane;
    const own = acts.filter((act) => act.at === now().toISOString() && act.by === by && act.what === what);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ ...expected, from: 'command line', ...(jane.reason && { reason: jane.reason }) });
    expect(JSON.stringify(own)).not.toContain('@');
    expect(JSON.stringify(own)).not.toContain('Beispiel');
    expect(ACTS[what]).toMatch(/^[a-z]/);
  });
});
