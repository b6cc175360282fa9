import { bucketNamed } from '../aws/environment.ts';
import { getObject, putObject } from '../aws/objects.ts';
import { getLegalEntity } from '../directory/read.ts';
import { chunksOf, parkedAccounts } from './chunk.ts';
import { addControl, type ChunkControl, NO_CONTROL } from './control-figures.ts';
import { beyondThresholds, beyondTotals, type ControlReport, controlTotals, netLines } from './control-verdict.ts';
import { tallyOf } from './passes.ts';
import { completionOf } from './received.ts';
import type { Run } from './run.ts';

/** Names that a report lists; the counts beside them are complete. */
const LISTED = 1000;

/**
 * Adds up what the chunks found, stores the control report and answers its verdict.
 * A late batch is an act of a person already: its report is written, but holds nothing back.
 */
export async function concludeRun(run: Run): Promise<'within' | 'beyond'> {
  const report = await reportOf(run);
  const body = Buffer.from(JSON.stringify(report, null, 2));
  await putObject({ bucket: bucketNamed('register'), key: reportKey(run.runId), body, contentType: 'application/json' });
  return run.sequence === 1 ? report.verdict : 'within';
}

/** The control report of a run; undefined until its accounts are prepared. */
export async function storedReport(runId: string): Promise<ControlReport | undefined> {
  const body = await getObject(bucketNamed('register'), reportKey(runId));
  return body && (JSON.parse(body.toString('utf8')) as ControlReport);
}

async function reportOf({ runId, period, calendar }: Run): Promise<ControlReport> {
  const byEntity = await controlByEntity(runId);
  const entities = await Promise.all([...byEntity.keys()].map((id) => getLegalEntity(id)));
  const all = [...byEntity.values()].reduce(addControl, NO_CONTROL);
  const completion = await completionOf(period, calendar);
  const reasons = [
    ...entities.flatMap((entity) => (entity ? beyondThresholds(entity, byEntity.get(entity.legalEntityId) ?? NO_CONTROL) : [])),
    ...beyondTotals(all, completion),
  ];
  const { billed, withoutBill, parked, held } = await tallyOf(runId);
  return {
    period,
    calendar,
    verdict: reasons.length > 0 ? 'beyond' : 'within',
    reasons,
    accounts: { billed, withoutBill, parked, held },
    activeWithoutBill: all.activeWithoutBill.slice(0, LISTED),
    parked: await firstOf(parkedAccounts(runId), LISTED),
    net: [...byEntity].flatMap(([legalEntityId, control]) => netLines(legalEntityId, control)),
    movers: all.movers,
    vat: Object.entries(all.vat).flatMap(([currency, sums]) =>
      Object.entries(sums).map(([category, { base, amount }]) => ({ currency, category, base, amount })),
    ),
    controlTotals: controlTotals(all.delivered, completion),
  };
}

async function controlByEntity(runId: string): Promise<Map<string, ChunkControl>> {
  const byEntity = new Map<string, ChunkControl>();
  for await (const { legalEntityId, control } of chunksOf(runId)) {
    if (control) byEntity.set(legalEntityId, addControl(byEntity.get(legalEntityId) ?? NO_CONTROL, control));
  }
  return byEntity;
}

async function firstOf<T>(items: AsyncIterable<T>, most: number): Promise<T[]> {
  const first: T[] = [];
  for await (const item of items) {
    if (first.length === most) break;
    first.push(item);
  }
  return first;
}

function reportKey(runId: string): string {
  return `control/${runId}.json`;
}
