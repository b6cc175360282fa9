import { describe, expect, test } from 'vitest';
import { type Asked, monthAnswer } from '../../../functions/billing/month-answer.ts';
import type { Run } from '../../../functions/billing/run.ts';
import type { Message } from '../../../functions/messages/message.ts';
import { storedMessage } from '../messages/message-of.ts';

const RUN: Run = {
  ...{ runId: '2026-10.DE.1', period: '2026-10', calendar: 'DE', sequence: 1, stage: 'delivering', revision: 3, pass: 1, passKind: 'plan' },
  ...{ dueOn: '2026-11-04', prepareFrom: '2026-11-04T01:00:00.000Z', publishFrom: '2026-11-04T06:00:00.000Z', issueDate: '2026-11-04' },
  ...{ createdAt: '2026-11-04T01:00:00.000Z', publishedAt: '2026-11-04T06:00:00.000Z', enteredAt: 0, took: {} },
};
const UNSEEN: Run = { ...RUN, stage: 'ready', publishedAt: undefined };
const STOP = { by: 'Jane Clerk', reason: 'wrong price', at: '2026-11-04T05:00:00.000Z' };
const BILLED = { state: 'numbered', delivery: { messages: 1 } } as const;

type Record = Asked['runs'][number]['record'];

function asked(run: Run | undefined, record: Record | undefined, messages: readonly Message[] = []): Asked {
  const runs = run && record ? [{ run, record }] : [];
  return { bcn: 'B4711', period: '2026-10', calendar: 'DE', month: run, runs, messages };
}

function mail(state: Message['state'], changes: Partial<Message> = {}): Message {
  const history = [{ at: '2026-11-04T06:10:00.000Z', trigger: 'enqueue', state, cause: 'test' }] as const;
  return storedMessage({ state, history, ...(changes as object) });
}

const skipped = (why: string) => ({ state: 'numbered', delivery: { messages: 0, skipped: why } }) as const;

describe('why did the customer not get the invoice?', () => {
  test.each<[string, Asked, string, RegExp]>([
    ['no run yet', asked(undefined, undefined), 'goes-on', /2026-10 for calendar DE is not opened yet/],
    [
      'the carrier is not ready',
      asked({ ...UNSEEN, stage: 'waiting-for-input' }, undefined),
      'goes-on',
      /prepared from 2026-11-04 01:00 UTC/,
    ],
    ['its turn has not come', asked({ ...UNSEEN, stage: 'preparing' }, undefined), 'goes-on', /has not come to this account/],
    ['the run does not know it', asked(RUN, undefined), 'needs-a-person', /does not know B4711/],
    [
      'parked',
      asked(RUN, { state: 'parked', reason: 'VAT is 1.00, 2.00 is right' }),
      'needs-a-person',
      /parked: VAT is 1.00, 2.00 is right/,
    ],
    ['first invoice', asked(RUN, { state: 'held' }), 'needs-a-person', /first invoice/],
    ['prepared', asked(UNSEEN, BILLED), 'goes-on', /published at 2026-11-04 06:00 UTC at the earliest/],
    [
      'held run',
      asked({ ...UNSEEN, brake: { kind: 'hold', ...STOP } }, BILLED),
      'needs-a-person',
      /held by Jane Clerk since 2026-11-04 05:00 UTC: wrong price/,
    ],
    ['control report', asked({ ...UNSEEN, stage: 'awaiting-release' }, BILLED), 'needs-a-person', /beyond its thresholds/],
    ['emails not written yet', asked(RUN, { state: 'numbered' }), 'goes-on', /emails are being written/],
    [
      'stopped before the emails',
      asked({ ...RUN, brake: { kind: 'stop', ...STOP } }, { state: 'numbered' }),
      'needs-a-person',
      /stopped by Jane Clerk/,
    ],
    ['no contact', asked(RUN, skipped('no reachable billing contact')), 'needs-a-person', /no reachable billing contact/],
    ['nothing new', asked(RUN, skipped('nothing to write about: the account has no new document')), 'nothing', /no new document/],
    ['no bill', asked(RUN, { state: 'without-bill' }), 'goes-on', /no bill came/],
    ['in the queue', asked(RUN, BILLED, [mail('queued')]), 'goes-on', /in the queue/],
    [
      'quiet hours',
      asked(RUN, BILLED, [mail('deferred', { waitsFor: '2026-11-04T07:00:00Z', reason: 'the contact has quiet hours' })]),
      'goes-on',
      /quiet hours/,
    ],
    [
      'a brake',
      asked(RUN, BILLED, [mail('deferred', { waitsFor: 'ALL', reason: 'paused by Jane Clerk: test' })]),
      'needs-a-person',
      /paused by Jane Clerk/,
    ],
    [
      'a check',
      asked(RUN, BILLED, [mail('held', { reason: 'Rule "x" is broken' })]),
      'needs-a-person',
      /held since 2026-11-04 06:10 UTC: Rule/,
    ],
    ['in doubt', asked(RUN, BILLED, [mail('unknown', { triedAgain: true })]), 'needs-a-person', /nobody knows whether/],
    ['goes once more', asked(RUN, BILLED, [mail('unknown')]), 'goes-on', /goes once more/],
    ['sent', asked(RUN, BILLED, [mail('submitted')]), 'goes-on', /has not said yet/],
    ['slow server', asked(RUN, BILLED, [mail('delayed', { reason: 'mailbox full' })]), 'goes-on', /mailbox full/],
    ['came back', asked(RUN, BILLED, [mail('bounced', { reason: 'no such user' })]), 'needs-a-person', /came back at .*no such user/],
    [
      'suppressed',
      asked(RUN, BILLED, [mail('skipped', { reason: 'not delivered: the address is suppressed' })]),
      'needs-a-person',
      /address is suppressed/,
    ],
    [
      'handed over',
      asked(RUN, BILLED, [mail('skipped', { reason: 'the contact handed the invoices of this account over' })]),
      'nothing',
      /handed the invoices/,
    ],
    ['arrived', asked(RUN, BILLED, [mail('delivered')]), 'told', /Delivered: 1 of 1 email, the first at 2026-11-04 06:10 UTC/],
    ['called spam', asked(RUN, BILLED, [mail('complained')]), 'told', /Delivered/],
    [
      'one of two arrived',
      asked(RUN, BILLED, [mail('bounced', { reason: 'gone' }), mail('delivered')]),
      'told',
      /1 of 2 emails.*one more is bounced \(gone\)/,
    ],
    ['one of two may arrive', asked(RUN, BILLED, [mail('bounced'), mail('submitted')]), 'goes-on', /has not said yet/],
    [
      'the one that can be helped',
      asked(RUN, BILLED, [mail('skipped', { reason: 'handed over' }), mail('bounced', { reason: 'gone' })]),
      'needs-a-person',
      /gone/,
    ],
  ])('%s', (_, facts, standing, sentence) => {
    const answer = monthAnswer(facts);
    expect(answer.standing).toBe(standing);
    expect(answer.sentence).toMatch(sentence);
    if (standing === 'needs-a-person') expect(answer.advice).toMatch(/\w/);
  });

  test('what a late batch issued counts, and one that parks it again takes nothing back', () => {
    const late: Run = { ...RUN, runId: '2026-10.DE.2', sequence: 2 };
    const later: Run = { ...RUN, runId: '2026-10.DE.3', sequence: 3 };
    const runs = [
      { run: RUN, record: { state: 'parked', reason: 'wrong' } as const },
      { run: late, record: BILLED },
    ];
    const facts = { ...asked(RUN, undefined), messages: [mail('delivered')] };
    expect(monthAnswer({ ...facts, runs }).standing).toBe('told');
    expect(monthAnswer({ ...facts, runs: [...runs, { run: later, record: { state: 'parked', reason: 'wrong' } }] }).standing).toBe('told');
  });
});
