import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentsFile } from '../../samples/generator/payments.ts';
import { readCarrier } from '../oracle/carrier.ts';
import { expectedMails, type Mail, mailFaults, sentMails } from '../oracle/mails.ts';
import { PUBLICATIONS } from '../oracle/month.ts';
import { paymentsIn, paymentText } from '../oracle/payments.ts';
import { canReadPdf, pdfFaults } from '../oracle/pdf.ts';
import { numbersHeld } from '../oracle/recipients.ts';
import { type IssuedLine, registerFaults, seriesFaults } from '../oracle/register.ts';
import { isReview, reviewFaults } from '../oracle/review-mails.ts';
import { hasUsage } from '../oracle/usage.ts';
import { judgeCalls, judgeNumbers } from './customer-files.ts';
import {
  type DocumentRow,
  deadLetters,
  difference,
  everythingExpected,
  expectedOf,
  exportedMails,
  portalObject,
  type RunRow,
  registerLines,
  sha256,
  visibleDocuments,
} from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, SAMPLES } from './slice.ts';

/** The mornings of the month in the order of the sun's clock: Berlin and Paris, London and Edinburgh, Tokyo. */
const MORNINGS = [
  { calendars: ['DE', 'FR'], before: '2026-11-04T05:59:59Z', at: '2026-11-04T06:00:00Z', ocn: '200118' },
  { calendars: ['GB-ENG', 'GB-SCT'], before: '2026-11-04T06:59:59Z', at: '2026-11-04T07:00:00Z', ocn: '100201' },
  { calendars: ['JP'], before: '2026-11-04T21:59:59Z', at: '2026-11-04T22:00:00Z', ocn: '400102' },
] as const;

const carrier = readCarrier(SAMPLES);
const expected = everythingExpected(carrier);
const data = mkdtempSync(join(tmpdir(), 'month-end-'));
let cloud: LocalCloud;
/** What the customers see when the month is over: asked for once, it takes a command each. */
let rows: DocumentRow[] = [];

beforeAll(async () => {
  cloud = await startLocalCloud(data);
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(data, { recursive: true, force: true });
});

describe('A month-end of the sample carrier', () => {
  it('begins with an import that rejects nothing', async () => {
    const report = await cloud.json<{ rejected: number; unreadable: unknown[]; checksums: unknown[] }>('load', SAMPLES);
    expect(report).toMatchObject({ rejected: 0, unreadable: [], checksums: [] });
  });

  for (const { calendars, before, at, ocn } of MORNINGS) {
    it(`shows nothing of ${calendars.join(' and ')} a second before 07:00`, async () => {
      await cloud.must('at', before);
      expect(await cloud.json<DocumentRow[]>('documents', ocn, PERIOD)).toEqual([]);
      expect((await registerLines(cloud)).filter(isOf(calendars))).toEqual([]);
      expect(mailsOf(calendars, await exportedMails(cloud))).toEqual([]);
    });

    it(`publishes ${calendars.join(' and ')} at 07:00`, async () => {
      await cloud.must('at', at);
      const documents = await cloud.json<DocumentRow[]>('documents', ocn, PERIOD);
      expect(documents.length).toBeGreaterThan(0);
      expect(new Set(documents.map(({ publishedAt }) => Date.parse(publishedAt)))).toEqual(new Set([Date.parse(at)]));
      const lines = (await registerLines(cloud)).filter(isOf(calendars));
      expect(new Set(lines.map(({ publishedAt }) => Date.parse(publishedAt)))).toEqual(new Set([Date.parse(at)]));
      expect(lines).toHaveLength(calendars.flatMap((calendar) => expectedOf(carrier).get(calendar)?.issued ?? []).length);
    });
  }

  it('has parked the broken bill with both figures, and no other', async () => {
    const runs = await cloud.json<RunRow[]>('runs', PERIOD);
    const parked = runs.flatMap(({ failures }) => failures);
    expect(parked.map(({ bcn }) => bcn)).toEqual([...expectedOf(carrier).values()].flatMap((one) => [...one.parked.keys()]));
    expect(parked[0]?.reason).toMatch(/186\.64.*186\.63/);
    expect(runs.map(({ calendar, state }) => `${calendar} ${state}`).sort()).toEqual(
      Object.keys(PUBLICATIONS[PERIOD] ?? {})
        .map((calendar) => `${calendar} delivered`)
        .sort(),
    );
  });

  it('has a register whose every figure follows from the export, and numbers without gap or double', async () => {
    const lines = await registerLines(cloud);
    expect(registerFaults(expected, lines)).toEqual([]);
    expect(seriesFaults(carrier.legalEntities, lines)).toEqual([]);
  });

  it('shows every customer its documents, and the bytes that the register and the records name', async () => {
    rows = await visibleDocuments(cloud, carrier);
    const lines = await registerLines(cloud);
    expect(difference('document', documentsAskedFor(lines), rows.map(documentKey))).toEqual([]);
    for (const row of rows) expect(sha256(await portalObject(cloud, row.key)), row.key).toBe(row.sha256);
    for (const { number, sha256: sum } of lines) expect(rows.find((row) => row.number === number)?.sha256, number).toBe(sum);
  });

  it.runIf(canReadPdf)('prints every figure on the page that it stands for', async () => {
    for (const line of await registerLines(cloud)) {
      const row = rows.find(({ number }) => number === line.number) as DocumentRow;
      expect(pdfFaults(await portalObject(cloud, row.key), line)).toEqual([]);
    }
  });
  if (!canReadPdf) console.warn('pdftotext is not installed: the text of the PDFs is NOT compared with the register here.');

  it('hands over call records and number lists whose sums are the export’s', async () => {
    for (const row of rows.filter(({ kind }) => kind === 'cdr')) {
      expect(judgeCalls(carrier, PERIOD, row.bcn, await portalObject(cloud, row.key)), row.key).toEqual([]);
    }
    for (const row of rows.filter(({ kind, key }) => kind === 'unl' && key.endsWith('.csv'))) {
      expect(judgeNumbers(carrier, PERIOD, row.bcn, await portalObject(cloud, row.key)), row.key).toEqual([]);
    }
  });

  it('has mailed every document to every mailbox that should have it, once, saying what the register says', async () => {
    const [lines, mails] = [await registerLines(cloud), await exportedMails(cloud)];
    expect(difference('email', expectedMails(carrier, lines), sentMails(mails, lines))).toEqual([]);
    expect(mails.filter((mail) => !isReview(mail)).flatMap((mail) => mailFaults(carrier, mail, lines))).toEqual([]);
    const held = [...expectedOf(carrier).values()].flatMap(({ first }) => first);
    expect(held.length).toBeGreaterThan(0);
    expect(reviewFaults(carrier, held, lines, mails)).toEqual([]);
  });

  it('shows what the ledger says of payments, the newest day whichever file comes first', async () => {
    const [lines, folder] = [await registerLines(cloud), join(data, 'ledger')];
    mkdirSync(join(folder, 'payments'), { recursive: true });
    for (const day of ['2026-11-20', '2026-11-08']) {
      rmSync(join(folder, 'payments'), { recursive: true });
      mkdirSync(join(folder, 'payments'));
      writeFileSync(join(folder, 'payments', `${day}.csv`), paymentsFile(lines, day));
      expect(await cloud.json<object>('load', folder)).toMatchObject({ rejected: 0, remarks: [] });
    }
    writeFileSync(join(folder, 'payments', '2026-11-20.csv'), paymentsFile(lines, '2026-11-20'));
    const said = paymentsIn(folder);
    expect(new Set([...said.values()].map(({ status }) => status)).size).toBeGreaterThan(3);
    const ocn = '200118';
    const text = (await cloud.must('documents', ocn, PERIOD)).stdout;
    const own = rows.filter((row) => row.ocn === ocn && row.number !== null);
    expect(own.length).toBeGreaterThan(0);
    for (const { number } of own) expect(text).toContain(paymentText(said.get(number ?? '') as never));
  });

  it('has nothing in a dead-letter queue', async () => {
    expect(await deadLetters(cloud)).toEqual([]);
  });
});

function isOf(calendars: readonly string[]): (line: IssuedLine) => boolean {
  const own = new Set(
    calendars.flatMap(
      (calendar) =>
        expectedOf(carrier)
          .get(calendar)
          ?.issued.map(({ bcn }) => bcn) ?? [],
    ),
  );
  return ({ bcn }) => own.has(bcn);
}

function mailsOf(calendars: readonly string[], mails: readonly Mail[]): string[] {
  const own = calendars.flatMap((calendar) => expectedOf(carrier).get(calendar)?.issued ?? []);
  return mails.filter(({ text }) => own.some(({ bcn }) => text.includes(bcn))).map(({ subject }) => subject);
}

/** `<bcn> <kind> <number> <format>` of everything that should be seen: numbered documents, calls as itemised, number lists. */
function documentsAskedFor(lines: readonly IssuedLine[]): string[] {
  const bcns = [...new Set(expected.map(({ bcn }) => bcn))];
  const itemised = bcns.filter(
    (bcn) => hasUsage(carrier, PERIOD, bcn) && carrier.accounts.find((account) => account.bcn === bcn)?.itemisation !== 'none',
  );
  const listed = bcns.filter((bcn) => numbersHeld(carrier, bcn, PERIOD) > 0);
  return [
    ...lines.map(({ bcn, type, number }) => `${bcn} ${type} ${number} pdf`),
    ...itemised.map((bcn) => `${bcn} cdr - csv.gz`),
    ...listed.flatMap((bcn) => [`${bcn} unl - csv`, `${bcn} unl - pdf`]),
  ];
}

function documentKey({ bcn, kind, number, key }: DocumentRow): string {
  return `${bcn} ${kind} ${number ?? '-'} ${key.replace(/^.*?\.(pdf|csv\.gz|csv)$/, '$1')}`;
}
