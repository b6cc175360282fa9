import { expect, it } from 'vitest';
import type { Carrier } from '../../oracle/carrier.ts';
import { expectedMails, sentMails } from '../../oracle/mails.ts';
import { type DocumentRow, difference, exportedMails, faultsOf, type RunRow, registerLines } from '../evidence.ts';
import { PERIOD } from '../slice.ts';
import { BERLIN, HELD_BECAUSE, JANE, RELEASED_BECAUSE, TOKYO, type World } from './world.ts';

async function stateOf({ cloud }: World, calendar: string): Promise<string | undefined> {
  return (await cloud.json<RunRow[]>('runs', PERIOD)).find((run) => run.calendar === calendar)?.state;
}

/** @param london the accounts of the run that is stopped halfway: 6 of their 15 emails have the invoice in them, and leave first */
export function aDayAtTheBrake(world: World, london: () => Carrier): void {
  it('holds a month back on its eve: nothing of it is seen at its hour', async () => {
    const { cloud, omar } = world;
    const held = await omar.post(BERLIN.page, { act: 'hold', reason: HELD_BECAUSE });
    expect(held.status).toBe(303);
    expect((await omar.get(held.to)).body).toContain('Held. The run is now: held.');
    await cloud.must('at', '2026-11-04T06:59:59Z');
    expect(await cloud.json<DocumentRow[]>('documents', BERLIN.ocn, PERIOD)).toEqual([]);
    expect(await stateOf(world, BERLIN.calendar)).toBe('held');
  });

  it('stops a delivery halfway; an hour later it goes on, nobody twice, nobody missed', async () => {
    const { cloud } = world;
    await cloud.must('mail', 'pause', 'documents-ready', ...JANE);
    await cloud.must('at', '2026-11-04T07:00:00Z');
    const lines = await registerLines(cloud);
    const [all, sent] = [expectedMails(london(), lines), sentMails(await exportedMails(cloud), lines)];
    expect(sent.length / all.length).toBeCloseTo(6 / 15);
    await cloud.must('runs', 'stop', PERIOD, '--calendar', 'GB-ENG', ...JANE);
    await cloud.must('mail', 'resume', 'documents-ready', ...JANE);
    await cloud.must('at', '2026-11-04T07:30:00Z');
    expect(await stateOf(world, 'GB-ENG')).toBe('stopped');
    expect(sentMails(await exportedMails(cloud), lines)).toEqual(sent);
    await cloud.must('at', '2026-11-04T08:00:00Z');
    await cloud.must('runs', 'resume', PERIOD, '--calendar', 'GB-ENG', ...JANE);
    await cloud.must('at', '2026-11-04T08:20:00Z');
    expect(faultsOf(london(), await registerLines(cloud), await exportedMails(cloud))).toEqual([]);
  });
}

export function theNightAndTheNextDay(world: World, everything: () => Carrier): void {
  it('releases what is beyond its thresholds, which waits for a name instead of publishing at 07:00', async () => {
    const { cloud } = world;
    await cloud.must('at', '2026-11-04T22:00:00Z');
    expect(await stateOf(world, 'JP')).toBe('awaiting-release');
    expect(await cloud.json<DocumentRow[]>('documents', TOKYO.ocn, PERIOD)).toEqual([]);
    await cloud.must('runs', 'release', PERIOD, '--calendar', 'JP', ...JANE);
  });

  it('releases what was held, with the later issue date on every page', async () => {
    const { cloud, omar } = world;
    await cloud.must('at', '2026-11-05T09:00:00Z');
    await omar.signIn('local-omar');
    expect((await omar.post(BERLIN.page, { act: 'release', reason: RELEASED_BECAUSE })).status).toBe(303);
    await cloud.must('at', '2026-11-05T09:20:00Z');
    const lines = await registerLines(cloud);
    expect(lines.filter(({ bcn }) => bcn === BERLIN.bcn).map(({ issueDate }) => issueDate)).toEqual(['2026-11-05']);
    expect(lines.map(({ bcn }) => bcn)).toContain(TOKYO.bcn);
    expect(difference('email', expectedMails(everything(), lines), sentMails(await exportedMails(cloud), lines))).toEqual([]);
  });

  it('leaves the names in the history of the run, and in the audit trail', async () => {
    const { cloud, omar } = world;
    expect(await stateOf(world, BERLIN.calendar)).toBe('delivered');
    const { body } = await omar.get(BERLIN.page);
    expect(body).toContain(`hold by Omar Reyes: ${HELD_BECAUSE}`);
    expect(body).toContain(`release by Omar Reyes: ${RELEASED_BECAUSE}`);
    const run = (await cloud.json<RunRow[]>('runs', PERIOD)).find(({ calendar }) => calendar === BERLIN.calendar);
    expect(body).toContain(`data-of="Delivered">${run?.counts.emailsSent}<`);
    const trail = await omar.get(`/audit?subject=${PERIOD}.${BERLIN.calendar}.1`);
    const words = ['Omar Reyes', 'kept a bill run from being published', 'let a bill run go on', RELEASED_BECAUSE, 'state: held → ready'];
    for (const word of [...words, '>console<']) expect(trail.body).toContain(word);
    const { acts } = await cloud.json<{ acts: object[] }>('audit', 'list', '--by', 'Omar Reyes');
    expect(acts).toMatchObject([
      { what: 'run.release', from: 'console', reason: RELEASED_BECAUSE },
      { what: 'run.hold', from: 'console', reason: HELD_BECAUSE },
    ]);
  });
}
