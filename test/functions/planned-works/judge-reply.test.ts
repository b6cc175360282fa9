import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarAnswer, readCalendarAnswer } from '../../../functions/icalendar/reply.ts';
import { type InboundMail, readInboundMail } from '../../../functions/inbound-mail/inbound-mail.ts';
import { judgeReply, type KnownInvitation } from '../../../functions/planned-works/judge-reply.ts';
import { savedMail } from './mails.ts';

const RUNS = process.env.LONG === '1' ? 50_000 : 3_000;
const UID = 'CRQ-1001.1.C1001.3f9a@carrier.example';
const ANNA = 'anna.meier@acme.example';
const NOC = 'noc@acme.example';
/** A contact of the customer that has no invitation. */
const BOSS = 'boss@acme.example';
const STRANGER = 'mallory@evil.example';
const PROPOSED = { start: new Date('2026-11-24T23:00:00Z'), end: new Date('2026-11-25T03:00:00Z') };

const known: KnownInvitation = {
  uid: UID,
  ocn: 'C1001',
  worksId: 'CRQ-1001',
  windowId: '1',
  sequence: 3,
  organizer: 'planned-works@carrier.example',
  recipients: [
    { address: ANNA, contactId: 'P1', sequence: 2, method: 'REQUEST' },
    { address: NOC, contactId: 'P2', sequence: 3, method: 'DATA' },
    { address: 'gone@acme.example', contactId: 'P3', sequence: 3, method: 'CANCEL' },
    { address: 'joerg@xn--mnze-0ra.example', contactId: 'P4', sequence: 2, method: 'REQUEST' },
  ],
  addressesOfCustomer: [ANNA, NOC, BOSS, 'joerg@xn--mnze-0ra.example'],
};

type Case = [sequence: string, mail: Partial<InboundMail>, answer: Partial<CalendarAnswer>, dmarc: string, expected: object];

describe('answers', () => {
  const yes = { kind: 'answered', address: ANNA, partstat: 'accepted', ticket: undefined };
  test.each<Case>([
    ['yes', {}, {}, 'PASS', yes],
    ['no organizer', {}, { organizer: undefined }, 'PASS', yes],
    ['no SEQUENCE counts as the current one', {}, { sequence: undefined }, 'PASS', yes],
    ['a SEQUENCE above what was sent', {}, { sequence: 9 }, 'PASS', yes],
    ['addresses in capitals', {}, { attendee: 'Anna.Meier@ACME.example', organizer: 'Planned-Works@carrier.example' }, 'PASS', yes],
    ['a calendar that answers by itself', { autoSubmitted: true }, {}, 'PASS', yes],
    ['of a contact with data only', { from: NOC }, { attendee: NOC, sequence: 3 }, 'PASS', { ...yes, address: NOC }],
    [
      'of an international domain',
      { from: 'joerg@xn--mnze-0ra.example' },
      { attendee: 'joerg@münze.example' },
      'PASS',
      { ...yes, address: 'joerg@xn--mnze-0ra.example' },
    ],
    ['perhaps', {}, { partstat: 'TENTATIVE' }, 'PASS', { ...yes, partstat: 'tentative' }],
    [
      'yes, with a comment',
      {},
      { comment: ' Call us first. ' },
      'PASS',
      { ...yes, ticket: { kind: 'mail', reason: 'accepted, with a comment', comment: 'Call us first.' } },
    ],
    [
      'no: a ticket, and the works stay',
      {},
      { partstat: 'DECLINED', comment: 'Our launch night' },
      'PASS',
      { ...yes, partstat: 'declined', ticket: { kind: 'declined', reason: 'the recipient declined', comment: 'Our launch night' } },
    ],
    [
      'no, in the text of the mail',
      { text: 'Not then, please.' },
      { partstat: 'DECLINED' },
      'PASS',
      { partstat: 'declined', ticket: { comment: 'Not then, please.' } },
    ],
    ['no, without a word', {}, { partstat: 'DECLINED' }, 'PASS', { ticket: { kind: 'declined', comment: undefined } }],
    ['to somebody else', {}, { partstat: 'DELEGATED' }, 'PASS', { kind: 'noted', ticket: undefined }],
    ['nothing', {}, { partstat: undefined }, 'PASS', { kind: 'ignored', reason: 'it says neither yes nor no' }],
    ['nothing yet', {}, { partstat: 'NEEDS-ACTION' }, 'PASS', { kind: 'ignored' }],
    [
      'another time',
      {},
      { method: 'COUNTER', partstat: 'TENTATIVE', proposed: PROPOSED, comment: 'A week later' },
      'PASS',
      {
        kind: 'countered',
        address: ANNA,
        proposed: PROPOSED,
        ticket: { kind: 'countered', reason: 'the recipient asks for another time', comment: 'A week later' },
      },
    ],
    ['another time, not told which', {}, { method: 'COUNTER' }, 'PASS', { kind: 'countered', proposed: undefined }],
    ['a wish for the invitation', {}, { method: 'REFRESH' }, 'PASS', { kind: 'ignored' }],
  ])('%s', (_, mail, answer, dmarc, expected) => {
    expect(judge(mail, answer, dmarc)).toMatchObject(expected);
  });
});

describe('answers that change nothing', () => {
  const ticket = (kind: string, comment?: string) => ({ ticket: { kind, comment } });
  test.each<Case>([
    ['DMARC fails', {}, {}, 'FAIL', { kind: 'noted', reason: 'the sender is not proven: DMARC is FAIL', ...ticket('unverified') }],
    ['no DMARC policy', {}, {}, 'GRAY', { kind: 'noted', ...ticket('unverified') }],
    ['DMARC could not be looked up', {}, {}, 'PROCESSING_FAILED', { kind: 'noted', ...ticket('unverified') }],
    ['a forged no', {}, { partstat: 'DECLINED', comment: 'no' }, 'FAIL', { kind: 'noted', ...ticket('unverified', 'no') }],
    ['a forged wish', {}, { method: 'COUNTER', proposed: PROPOSED }, 'FAIL', { kind: 'noted', ...ticket('unverified') }],
    [
      'a mail of nobody',
      { from: undefined },
      {},
      'PASS',
      { kind: 'ignored', reason: 'the mail has no single sender', ...ticket('unverified') },
    ],
    ['no attendee', {}, { attendee: undefined }, 'PASS', { kind: 'noted', ...ticket('unverified') }],
    ['a colleague who was not invited', { from: BOSS }, { attendee: BOSS }, 'PASS', { kind: 'noted', ticket: undefined }],
    ['a colleague, for the recipient', { from: BOSS }, {}, 'PASS', { kind: 'noted', ticket: undefined }],
    ['a recipient, for another', { from: NOC }, {}, 'PASS', { kind: 'noted', ticket: undefined }],
    ["a colleague's no", { from: BOSS }, { partstat: 'DECLINED' }, 'PASS', { kind: 'noted', ...ticket('declined') }],
    ["a colleague's wish", { from: BOSS }, { method: 'COUNTER' }, 'PASS', { kind: 'noted', ...ticket('countered') }],
    ["a colleague's remark", { from: BOSS }, { comment: 'ok' }, 'PASS', { kind: 'noted', ...ticket('mail', 'ok') }],
    ['a forged colleague', { from: BOSS }, { attendee: BOSS }, 'FAIL', { kind: 'noted', ...ticket('unverified') }],
    ['a stranger who was sent it on', { from: STRANGER }, { attendee: STRANGER }, 'PASS', { kind: 'ignored', ticket: undefined }],
    ['a stranger in the name of the recipient', { from: STRANGER }, {}, 'PASS', { kind: 'ignored', ...ticket('unverified') }],
    ["another organizer's", {}, { organizer: 'other@carrier.example' }, 'PASS', { kind: 'ignored', ticket: undefined }],
    ['another UID', {}, { uid: 'other' }, 'PASS', { kind: 'ignored', reason: 'no invitation has this UID', ticket: undefined }],
    ['stale', {}, { sequence: 1 }, 'PASS', { kind: 'ignored', reason: 'it answers SEQUENCE 1, and 2 was sent since', ticket: undefined }],
    ['a stale no', {}, { sequence: 1, partstat: 'DECLINED' }, 'PASS', { kind: 'ignored', ticket: undefined }],
    ['a stale wish', {}, { sequence: 0, method: 'COUNTER' }, 'PASS', { kind: 'ignored' }],
    ['a stale forgery', {}, { sequence: 1 }, 'FAIL', { kind: 'ignored', ticket: undefined }],
    ['stale for this recipient, not for others', { from: NOC }, { attendee: NOC, sequence: 2 }, 'PASS', { kind: 'ignored' }],
    [
      'of a cancellation',
      { from: 'gone@acme.example' },
      { attendee: 'gone@acme.example', sequence: 3 },
      'PASS',
      { kind: 'ignored', ticket: undefined },
    ],
  ])('%s', (_, mail, answer, dmarc, expected) => {
    expect(judge(mail, answer, dmarc)).toMatchObject(expected);
  });

  test('an invitation that nobody knows', () => {
    expect(judgeReply(mailOf({}), answerOf({}), 'PASS', undefined)).toEqual({ kind: 'ignored', reason: 'no invitation has this UID' });
  });
});

describe('mails without an answer', () => {
  test('a person writes: somebody reads it', () => {
    const reason = 'a mail without a calendar answer, from a proven sender';
    const ticket = { kind: 'mail', reason, comment: 'Which router?' };
    expect(judgeReply(mailOf({ text: 'Which router?' }), undefined, 'PASS', undefined)).toEqual({ kind: 'noted', reason, ticket });
  });

  test.each([
    ['is not proven', { from: STRANGER }, 'FAIL'],
    ['cannot be told', { from: undefined }, 'PASS'],
  ])('a person whose address %s writes: somebody reads it, and knows', (_, mail, dmarc) => {
    expect(judgeReply(mailOf(mail), undefined, dmarc, undefined)).toMatchObject({
      kind: 'noted',
      ticket: { kind: 'mail', reason: `a mail without a calendar answer, from a sender who is not proven (DMARC is ${dmarc})` },
    });
  });

  test('a machine writes: nobody has to', () => {
    const judged = judgeReply(mailOf({ autoSubmitted: true }), undefined, 'PASS', undefined);
    expect(judged).toEqual({ kind: 'ignored', reason: 'a machine wrote it, and it holds no answer' });
  });
});

test.each([
  ['outlook-accepted', { kind: 'answered', address: ANNA, partstat: 'accepted', ticket: undefined }],
  ['outlook-declined', { kind: 'answered', partstat: 'declined', ticket: { comment: 'An diesem Abend läuft unsere Migration.' } }],
  ['outlook-counter', { kind: 'countered', proposed: PROPOSED, ticket: { comment: 'Eine Woche später bitte.' } }],
  ['google-accepted', { kind: 'answered', address: NOC, partstat: 'accepted', ticket: undefined }],
  ['apple-tentative', { kind: 'answered', address: 'joerg@acme.example', partstat: 'tentative' }],
  ['out-of-office', { kind: 'ignored' }],
  ['bounce', { kind: 'ignored', reason: 'a machine wrote it, and it holds no answer' }],
  ['person', { kind: 'noted', ticket: { kind: 'mail', comment: expect.stringMatching(/^Which router/) } }],
])('%s, from its bytes', async (name, expected) => {
  const mail = await readInboundMail(savedMail(name));
  const answer = mail.calendars.map(readCalendarAnswer).find((found) => found !== undefined);
  const all = [ANNA, NOC, 'joerg@acme.example'];
  const recipients = all.map((address, index) => ({ address, contactId: `P${index}`, sequence: 2, method: 'REQUEST' as const }));
  expect(judgeReply(mail, answer, 'PASS', { ...known, recipients, addressesOfCustomer: all })).toMatchObject(expected);
});

/** What is wrong with an answer, by the words of RFC 5546 and of DMARC rather than by the code's. */
test('an answer counts only when it is proven, current, and of the one who was invited', () => {
  const people = [ANNA, NOC, BOSS, STRANGER, 'gone@acme.example', undefined];
  const arbitrary = fc.record({
    from: fc.constantFrom(...people),
    attendee: fc.constantFrom(...people),
    organizer: fc.constantFrom('planned-works@carrier.example', 'planned-works@carrier.example', 'other@carrier.example', undefined),
    uid: fc.constantFrom(UID, UID, UID, 'other'),
    method: fc.constantFrom('REPLY' as const, 'COUNTER' as const, 'REFRESH' as const),
    partstat: fc.constantFrom(
      'ACCEPTED' as const,
      'DECLINED' as const,
      'TENTATIVE' as const,
      'DELEGATED' as const,
      'NEEDS-ACTION' as const,
      undefined,
    ),
    sequence: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
    dmarc: fc.constantFrom('PASS', 'PASS', 'PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'pass', ''),
    autoSubmitted: fc.boolean(),
    isKnown: fc.constantFrom(true, true, true, false),
  });
  let counted = 0;
  const property = fc.property(arbitrary, ({ from, dmarc, autoSubmitted, isKnown, ...answer }) => {
    const judged = judgeReply(mailOf({ from, autoSubmitted }), answerOf(answer), dmarc, isKnown ? known : undefined);
    const recipient = known.recipients.find(({ address }) => address === answer.attendee);
    const proven = dmarc === 'PASS' && from !== undefined && from === answer.attendee;
    const ours = isKnown && answer.uid === UID && answer.organizer !== 'other@carrier.example';
    const current = recipient !== undefined && recipient.method !== 'CANCEL' && (answer.sequence ?? 99) >= recipient.sequence;
    const says =
      answer.method === 'COUNTER' || (answer.method === 'REPLY' && ['ACCEPTED', 'DECLINED', 'TENTATIVE'].includes(answer.partstat ?? ''));
    const counts = judged.kind === 'answered' || judged.kind === 'countered';
    counted += Number(counts);
    expect(counts).toBe(proven && ours && current && says);
    if (counts) expect(judged.address).toBe(from);
  });
  fc.assert(property, { numRuns: RUNS });
  expect(counted).toBeGreaterThan(0);
});

function judge(mail: Partial<InboundMail>, answer: Partial<CalendarAnswer>, dmarc: string) {
  return { ticket: undefined, ...judgeReply(mailOf(mail), answerOf(answer), dmarc, known) };
}

function mailOf(changes: Partial<InboundMail>): InboundMail {
  return {
    from: ANNA,
    fromName: 'Anna Meier',
    subject: 'Accepted',
    messageId: '<1@acme.example>',
    references: [],
    text: '',
    calendars: [],
    autoSubmitted: false,
    authenticationResults: [],
    ...changes,
  };
}

function answerOf(changes: Partial<CalendarAnswer>): CalendarAnswer {
  return {
    method: 'REPLY',
    uid: UID,
    sequence: 2,
    attendee: ANNA,
    organizer: 'planned-works@carrier.example',
    partstat: 'ACCEPTED',
    ...changes,
  };
}
