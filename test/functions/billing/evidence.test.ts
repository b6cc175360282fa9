import { beforeAll, describe, expect, test } from 'vitest';
import { chained, verify } from '../../../functions/audit/chain.ts';
import { now } from '../../../functions/aws/clock.ts';
import { holdRun, releaseRun } from '../../../functions/billing/brake.ts';
import { type DocumentStep, evidenceOfRun, stepsOf } from '../../../functions/billing/evidence.ts';
import type { PaymentStatus } from '../../../functions/documents/payment-status.ts';
import type { DocumentVersion } from '../../../functions/documents/records.ts';
import type { HistoryLine } from '../../../functions/messages/message.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { contextOf, eventOf, receiveAll, setClock, useCloud } from '../../emulators/cloud.ts';
import { type Carrier, complete, drain, fire, GOOD, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, say, WRONG } from './month.ts';

const RUN = '2026-10.DE.1';
const JANE = { by: 'Jane Clerk', reason: 'figures under discussion' };
/** What a cause may be: an event by type and id, a schedule, or what a person did. */
const CAUSE = /^(event \S+ \S+|schedule \S+|claim [0-9a-f-]{36}$|\w[\w ]* by \S)/;

interface Evidence {
  readonly about: string;
  readonly bcn?: string;
  readonly documentId?: string;
  readonly version?: number;
  readonly messageId?: string;
  readonly number?: string;
  readonly history?: readonly (DocumentStep | HistoryLine)[];
}

const evidence = async (runId = RUN) => (await Array.fromAsync(evidenceOfRun(runId))) as Evidence[];
const nameOf = ({ about, documentId, version, messageId }: Evidence) => `${about} ${documentId ?? messageId ?? ''} ${version ?? ''}`;

describe('the evidence of a month', () => {
  useCloud();
  let carrier: Carrier;
  const seen: Evidence[][] = [];

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    carrier = await putCarrier('E', 4);
    const [good = '', changed = '', wrong = '', gone = ''] = carrier.bcns;
    for (const bcn of [good, changed, gone]) await putBill(bcn, GOOD);
    await putBill(wrong, WRONG);
    await complete();
    await fire('prepare', PREPARE);
    seen.push(await evidence());
    setClock('2026-11-04T02:00:00Z');
    await putBill(changed, { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 });
    await putBill(gone, { ...WRONG, revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns: [changed, gone] }, 'changed');
    seen.push(await evidence());
    await holdRun(RUN, JANE, now());
    await releaseRun(RUN, JANE, now());
    await fire('publish', PUBLISH);
    seen.push(await evidence());
    for (let mails = await receiveAll('mail-invoices'); mails.length > 0; mails = await receiveAll('mail-invoices'))
      await send(eventOf('mail-invoices', mails.slice(0, 10)), contextOf('send-invoices'));
    seen.push(await evidence());
    setClock('2026-11-05T09:00:00Z');
    await putBill(good, { net: '50.00', vat: '9.50', gross: '59.50', revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns: [good] }, 'too late');
    await say('billing.correction.requested', { period: PERIOD, bcn: good, reason: 'wrong tariff', requestedBy: 'Jane Clerk' }, 'correct');
    await drain();
    seen.push(await evidence());
  });

  const last = () => seen.at(-1) ?? [];
  const documentsOf = (bcn: string | undefined, from = last()) => from.filter((each) => each.about === 'document' && each.bcn === bcn);
  const stepsIn = (each: Evidence | undefined) => (each?.history ?? []).map((step) => ('step' in step ? step.step : step.state));

  test('says of every change of a document, an email and the run which event, schedule or person caused it', () => {
    const causes = last().flatMap(({ history = [] }) => history.map(({ cause }) => cause));
    expect(causes.length).toBeGreaterThan(20);
    expect(causes.filter((cause) => !CAUSE.test(cause))).toEqual([]);
    const instants = last().flatMap(({ history = [] }) => history.map(({ at }) => at));
    expect(instants.filter((at) => Number.isNaN(Date.parse(at)))).toEqual([]);
  });

  test('names how each document came and went', () => {
    const [good, changed, , gone] = carrier.bcns;
    const numbered = (bcn: string | undefined) => documentsOf(bcn).filter(({ number }) => number !== undefined);
    expect(numbered(good).map(stepsIn)).toEqual([['numbered', 'made', 'published', 'corrected']]);
    expect(numbered(changed).map(stepsIn)).toEqual([
      ['numbered', 'made', 'published'],
      ['numbered', 'made', 'published'],
    ]);
    expect(numbered(gone).map(stepsIn)).toEqual([['made', 'withdrawn']]);
  });

  test('only grows: what was said once is said for ever', () => {
    for (const [index, later] of seen.entries()) {
      const known = new Map(later.map((each) => [nameOf(each), each]));
      for (const before of seen[index - 1] ?? []) {
        const now = known.get(nameOf(before));
        expect(now, nameOf(before)).toBeDefined();
        // A number that was given up is in the auditor's series; its document says that it was withdrawn.
        const said = (before.history ?? []).filter(
          (step) => !('step' in step) || step.step !== 'numbered' || stepsIn(now).includes('numbered'),
        );
        expect(now?.history).toEqual(expect.arrayContaining([...said]));
      }
    }
  });

  test('tells what a person did to the run, beside the schedules', () => {
    const causes = (last()[0]?.history ?? []).map(({ cause }) => cause);
    expect(causes).toEqual(
      expect.arrayContaining(['hold by Jane Clerk: figures under discussion', 'release by Jane Clerk: figures under discussion']),
    );
    expect(causes.some((cause) => cause.startsWith('schedule DE publish'))).toBe(true);
  });

  test('of an email says what became of it, and to whom by id alone', () => {
    const mails = last().filter(({ about }) => about === 'email');
    expect(mails.map(stepsIn)).toEqual([
      ['queued', 'claimed', 'submitted'],
      ['queued', 'claimed', 'submitted'],
    ]);
    expect(JSON.stringify(last())).not.toContain('@');
  });

  test('is the same twice, and a file of it shows when a line is missing', async () => {
    const write = async () => Array.fromAsync(chained('run.jsonl', evidenceOfRun(RUN), false));
    const lines = await write();
    expect(await write()).toEqual(lines);
    const look = (kept: readonly string[], name = 'run.jsonl') =>
      verify(
        name,
        (async function* () {
          yield* kept;
        })(),
      );
    expect(await look(lines)).toMatchObject({ intact: true, lines: lines.length - 1, complete: false });
    for (const index of lines.keys()) expect(await look(lines.toSpliced(index, 1))).toMatchObject({ intact: false });
    expect(await look(lines, 'another.jsonl')).toMatchObject({ intact: false, line: 1 });
  });
});

describe('the steps of a document', () => {
  const version = { documentId: 'B1/2026-10/invoice-1.pdf', version: 1, publicationId: 'p', number: '1' } as DocumentVersion;
  const made = { at: '2026-11-04T01:00:00Z', cause: 'event made 1' };
  const publications = new Map([
    [
      'p',
      {
        publicationId: 'p',
        period: PERIOD,
        calendar: 'DE',
        openedAt: '',
        publishedAt: '2026-11-04T06:00:00Z',
        cause: 'schedule DE publish',
      },
    ],
    ['q', { publicationId: 'q', period: PERIOD, calendar: 'DE', openedAt: '' }],
  ]);
  const payment = {
    history: [{ status: 'closed', paid: '119.00', asOf: '2026-11-20', importId: 'i', line: 3 }],
  } as unknown as PaymentStatus;
  const steps = (...args: Parameters<typeof stepsOf>) =>
    stepsOf(...args).map(({ at, step, cause, said }) => [at.slice(8, 13), step, cause, said ?? '']);

  test('are those that are known, in order', () => {
    expect(steps({ ...version, made }, { publications, payment })).toEqual([
      ['04T01', 'made', 'event made 1', ''],
      ['04T06', 'published', 'schedule DE publish', ''],
      ['20', 'payment', 'event import i, line 3', 'closed, 119.00 paid'],
    ]);
  });

  test('of one that was taken back end there', () => {
    const withdrawal = { at: '2026-11-04T02:00:00Z', cause: 'event withdrawn 1' };
    expect(steps({ ...version, made, withdrawn: 'parked', withdrawal }, { publications })).toEqual([
      ['04T01', 'made', 'event made 1', ''],
      ['04T02', 'withdrawn', 'event withdrawn 1', 'parked'],
    ]);
  });

  test('of one whose publication is still to come say nothing of it', () => {
    expect(steps({ ...version, publicationId: 'q', made }, { publications })).toEqual([['04T01', 'made', 'event made 1', '']]);
  });

  test('of a version from before causes were kept say so', () => {
    expect(steps(version, { publications })[0]).toEqual(['', 'made', 'not recorded then', '']);
  });
});
