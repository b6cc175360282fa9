import { beforeEach, describe, expect, test } from 'vitest';
import { trailPage } from '../../../functions/audit/trail.ts';
import { transact } from '../../../functions/aws/tables.ts';
import { holdRun, releaseRun } from '../../../functions/billing/brake.ts';
import { batchRun, openMonth } from '../../../functions/billing/open-run.ts';
import { grown } from '../../../functions/billing/passes.ts';
import type { Run } from '../../../functions/billing/run.ts';
import { createRun, findRun, historyOf } from '../../../functions/billing/run-store.ts';
import type { CalendarCode } from '../../../functions/calendars/calendars.ts';
import { type Approval, isBeyond, objectionTo, stateAt } from '../../../functions/console/approval.ts';
import { approvalPage, findApproval, keepApproval, keepVerdict } from '../../../functions/console/approval-store.ts';
import { setClock } from '../../emulators/cloud.ts';
import { watchReads } from './reads.ts';
import { ask, INES, OMAR, send, signedIn, useConsole, VERA } from './visit.ts';

useConsole();

const NOW = '2026-11-03T09:00:00Z';
const DAY = 24 * 3_600_000;

beforeEach(() => setClock(NOW));

const ASKED: Approval = {
  ...{
    id: 'x',
    subject: { period: '2026-10' },
    what: 'run.release',
    input: {},
    sentence: 'Release France',
    extent: { accounts: 300, emails: 0 },
    reason: 'figures are right',
  },
  ...{ askedBy: { subject: 'omar', name: 'Omar Reyes' }, askedAt: NOW, state: 'waiting' },
};

test.each([
  [{ accounts: 200, emails: 500 }, false],
  [{ accounts: 201, emails: 0 }, true],
  [{ accounts: 1, emails: 501 }, true],
  [{ accounts: 1, emails: 0, isUncounted: true }, true],
  [{ accounts: 0, emails: 0 }, false],
])('%j takes two people: %s', (extent, expected) => {
  expect(isBeyond(extent, { accounts: 200, emails: 500 })).toBe(expected);
});

test.each([
  ['another person approves', {}, 'approve', 'ines', 0, undefined],
  ['another person declines', {}, 'decline', 'ines', 0, undefined],
  ['who asked approves', {}, 'approve', 'omar', 0, /cannot approve it/],
  ['who asked takes it back', {}, 'decline', 'omar', 0, undefined],
  ['somebody of the same name approves', { askedBy: { subject: 'other', name: 'Ines Falk' } }, 'approve', 'ines', 0, undefined],
  ['within a day', {}, 'approve', 'ines', DAY - 1, undefined],
  ['a day later', {}, 'approve', 'ines', DAY, /more than a day ago/],
  ['a day later it is not declined either', {}, 'decline', 'ines', DAY, /more than a day ago/],
  ['it is approved already', { state: 'approved' }, 'approve', 'ines', 0, /approved already/],
  ['it is done', { state: 'done' }, 'decline', 'ines', 0, /done already/],
  ['it is declined', { state: 'declined' }, 'approve', 'ines', 2 * DAY, /declined already/],
] as const)('%s', (_, changes, verdict, subject, later, expected) => {
  const objection = objectionTo({ ...ASKED, ...changes }, verdict, subject, new Date(Date.parse(NOW) + later));
  if (expected === undefined) expect(objection).toBeUndefined();
  else expect(objection).toMatch(expected);
});

test('only what waits can expire', () => {
  const later = new Date(Date.parse(NOW) + DAY);
  expect((['waiting', 'done', 'declined', 'approved'] as const).map((state) => stateAt({ state, askedAt: NOW }, later))).toEqual([
    'expired',
    'done',
    'declined',
    'approved',
  ]);
});

/** A held run of so many accounts, and the request for its release that one person has sent. */
async function asked(calendar: CalendarCode, accounts: number, by = OMAR) {
  const { runId } = await openMonth('2026-10', calendar, '2026-11-04', 'test', new Date(NOW));
  await transact([grown(runId, 1, accounts)]);
  await holdRun(runId, { by: 'test', reason: 'test' }, new Date(NOW));
  const answer = await send(`/runs/2026-10/${calendar}`, await signedIn(by), { act: 'release', reason: 'figures are right' });
  return { runId, answer, to: answer.headers.location?.split('?')[0] ?? '' };
}

const isHeld = async (runId: string) => (await findRun(runId))?.brake !== undefined;
const decide = async (to: string, by: typeof OMAR, act: string, reason = 'I have looked') => send(to, await signedIn(by), { act, reason });

describe('a release', () => {
  test('of few accounts takes one person', async () => {
    const { runId, to } = await asked('DE', 20);
    expect([to, await isHeld(runId)]).toEqual(['/runs/2026-10/DE', false]);
  });

  test('of many accounts is not done, and said so', async () => {
    const { runId, answer, to } = await asked('FR', 21);
    expect([answer.status, await isHeld(runId)]).toEqual([303, true]);
    const page = await ask(answer.headers.location ?? '', { cookies: [await signedIn(INES)] });
    expect(page.body).toContain('Release France, October 2026: 21 accounts');
    expect(page.body).toContain('Omar Reyes, 2026-11-03 09:00:00 UTC');
    expect(page.body).toContain('figures are right');
    expect((await ask('/approvals', { cookies: [await signedIn(VERA)] })).body).toContain(`<a href="${to}">`);
  });

  test('is done when another person approves, once, under both names', async () => {
    const { runId, to } = await asked('IT', 300);
    expect((await decide(to, OMAR, 'approve')).status).toBe(409);
    expect((await decide(to, VERA, 'approve')).status).toBe(403);
    expect(await isHeld(runId)).toBe(true);
    const answers = await Promise.all([decide(to, INES, 'approve'), decide(to, { ...INES, subject: 'third' }, 'approve')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await isHeld(runId)).toBe(false);
    const releases = (await Array.fromAsync(historyOf(runId))).filter(({ cause }) => cause.startsWith('release'));
    expect(releases).toHaveLength(1);
    expect(releases[0]?.cause).toContain('Omar Reyes');
    const { acts } = await trailPage({ subject: runId }, { limit: 10 });
    expect(acts.find(({ what }) => what === 'run.release')).toMatchObject({
      by: 'Omar Reyes',
      identity: 'omar',
      reason: 'figures are right',
    });
    expect(acts.find(({ what }) => what === 'run.release')?.approvedBy).toMatch(/^Ines Falk$/);
    const page = await ask(to, { cookies: [await signedIn(OMAR)] });
    expect(page.body).toContain('Released. The run is now: waits for input.');
    expect(page.body).toMatch(/Ines Falk, 2026-11-03 09:00:00 UTC: I have looked/);
    expect((await decide(to, INES, 'approve')).status).toBe(409);
  });

  test('is not done when another person declines, and needs a reason for that', async () => {
    const { runId, to } = await asked('ES', 300);
    expect((await decide(to, INES, 'decline', ' ')).status).toBe(409);
    expect((await decide(to, INES, 'decline', 'VAT looks wrong')).status).toBe(303);
    expect([await isHeld(runId), (await decide(to, INES, 'approve')).status]).toEqual([true, 409]);
    expect((await ask(to, { cookies: [await signedIn(OMAR)] })).body).toContain('VAT looks wrong');
  });

  test('is not done a day later', async () => {
    const { runId, to } = await asked('NL', 300);
    setClock(new Date(Date.parse(NOW) + DAY).toISOString());
    expect([(await decide(to, INES, 'approve')).status, await isHeld(runId)]).toEqual([409, true]);
    expect((await ask(to, { cookies: [await signedIn(INES)] })).body).toContain('expired');
  });

  test('lets go what was asked for, and no run that was opened since', async () => {
    const { runId, to } = await asked('IE', 300);
    const request = { eventId: 'test', reason: 'late bills', requestedBy: 'test', resend: 'never' } as const;
    const batch = batchRun((await findRun(runId)) as Run, 2, request, new Date(NOW));
    await createRun({ ...batch, brake: { kind: 'hold', by: 'test', reason: 'test', at: NOW } }, 'test', new Date(NOW));
    expect((await decide(to, INES, 'approve')).status).toBe(303);
    expect([await isHeld(runId), await isHeld(batch.runId)]).toEqual([false, true]);
  });

  test('that the rules do not allow any more is over, with the reason', async () => {
    const { runId, to } = await asked('SE', 300);
    await send('/runs/2026-10/SE', await signedIn(INES), { act: 'hold', reason: 'mine' });
    await releaseRun(runId, { by: 'command line', reason: 'released there' }, new Date(NOW));
    const answer = await decide(to, INES, 'approve');
    const page = await ask(answer.headers.location ?? '', { cookies: [await signedIn(INES)] });
    expect(page.body).toContain('could not be done');
    expect(page.body).toContain('nothing holds it');
  });

  test('that was approved and then cut short is finished by anybody who may act', async () => {
    const { runId, to } = await asked('JP', 300);
    const id = to.split('/').at(-1) ?? '';
    await keepVerdict((await findApproval(id)) as Approval, 'approved', { subject: 'ines', name: 'Ines Falk' }, '', new Date(NOW));
    expect((await decide(to, VERA, 'finish')).status).toBe(403);
    expect((await decide(to, OMAR, 'finish')).status).toBe(303);
    expect([await isHeld(runId), (await decide(to, OMAR, 'finish')).status]).toEqual([false, 409]);
  });
});

test('requests are listed newest first, fifty a page, in one query', async () => {
  for (let index = 0; index < 60; index += 1) {
    await keepApproval({ ...ASKED, sentence: `Request ${index}` }, new Date(Date.parse(NOW) + 60_000 * (index + 10)));
  }
  const cookies = [await signedIn(VERA)];
  const { result, calls } = await watchReads(() => ask('/approvals', { cookies }));
  expect(calls.filter((call) => call === 'QueryCommand')).toHaveLength(1);
  expect(result.body.match(/<tr>/g)).toHaveLength(51);
  expect(result.body.indexOf('Request 59<')).toBeLessThan(result.body.indexOf('Request 12<'));
  const more = /<a href="([^"]+)" rel="next">More/.exec(result.body)?.[1] ?? '';
  expect((await ask(more, { cookies })).body).toContain('Request 0<');
  const { approvals } = await approvalPage(undefined);
  expect(approvals).toHaveLength(50);
});

test('a request that is not there is a 404, and its form does nothing', async () => {
  expect((await ask('/approvals/none', { cookies: [await signedIn(INES)] })).status).toBe(404);
  expect((await decide('/approvals/none', INES, 'approve')).status).toBe(409);
});
