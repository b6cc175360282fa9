import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followClock } from '../../functions/aws/clock.ts';
import { answerAct } from '../../functions/console/answer-act.ts';
import { answerPage } from '../../functions/console/answer-page.ts';
import { openSession, startSession } from '../../functions/console/session-store.ts';
import { contextOf } from '../../functions/console/signed-in.ts';
import { taskIdOf } from '../../functions/tasks/task.ts';
import { allocateClock } from '../../infra/local/clock-memory.ts';
import { endpointVariables, startEmulators } from '../../infra/local/emulators/emulators.ts';
import { ResourceMaker } from '../../infra/local/emulators/resources.ts';
import { makeResources, settingsOf } from '../emulators/own-resources.ts';
import { CROWD, putCrowd } from '../functions/console/crowd.ts';
import { watchReads } from '../functions/console/reads.ts';
import { putMonthOf } from './console-month.ts';

const READS: ReadonlySet<string> = new Set(['GetCommand', 'BatchGetCommand', 'QueryCommand']);

/** What a page of the console takes. */
interface PageTime {
  readonly page: string;
  readonly milliseconds: number;
  readonly slowest: number;
  readonly tableCalls: number;
  readonly items: number;
  readonly kilobytes: number;
}

const ACCOUNTS = 10_000;
const ROUNDS = 21;
const NOW = new Date('2026-11-10T09:00:00Z');
/** Two pages of items: a call brings a hundred at most. */
const MOST = { items: 400, aCall: 100, calls: 40 };

const { ocn, bcn, worksId, contactId, email } = CROWD;
const messageId = '0'.repeat(32);
const PATHS = [
  '/',
  '/runs/2026-10/DE',
  '/parked/2026-10/DE',
  '/search',
  `/accounts/${bcn}`,
  `/accounts/${bcn}?show=documents`,
  `/accounts/${bcn}?show=emails`,
  `/accounts/${bcn}?show=people`,
  `/customers/${ocn}`,
  `/customers/${ocn}?show=contacts`,
  `/customers/${ocn}?show=contacts&contact=${contactId}`,
  `/customers/${ocn}?show=documents`,
  `/messages/${messageId}`,
  '/holds',
  `/holds/${messageId}`,
  '/reviews',
  `/reviews/${bcn}/2026-10`,
  '/works',
  `/works/${worksId}`,
  '/tasks',
  `/tasks/${taskIdOf({ kind: 'complaint', cause: 'cause-0', ocn, contactId })}`,
  '/audit',
  '/approvals',
  '/rerun',
  '/correct',
];
const SOUGHT = { 'an account': bcn, 'an invoice number': 'DE2600003', 'an address that all have': email };

type Ask = () => ReturnType<typeof answerPage>;

/**
 * Every page of the console, asked in this process with the tables in an emulator: 10,000 accounts, contacts, documents, emails, held
 * emails, tasks, first invoices and works of one customer, a run of 10,000 accounts, acts and requests of people. They are put there by
 * the writers of their capabilities, not by a month that was played.
 * @throws when a page reads more than two pages of items, or does anything but read
 */
export async function benchConsole(): Promise<readonly PageTime[]> {
  const directory = mkdtempSync(join(tmpdir(), 'carrierpost-bench-'));
  const emulators = await startEmulators({ directory, region: 'eu-west-1', checkExpiry: false }, allocateClock(), PORTS);
  try {
    const stage = `b${randomUUID().slice(0, 8)}`;
    Object.assign(process.env, endpointVariables(emulators.ports), settingsOf(stage));
    await emulators.secrets.ensure(`carrierpost-${stage}-link-keys`);
    const maker = new ResourceMaker(emulators.ports);
    await makeResources(maker, stage);
    maker.close();
    followClock(() => NOW.getTime());
    await putCrowd(ACCOUNTS);
    await putMonthOf(ACCOUNTS, NOW);
    console.log(
      `Pages asked in this process, tables in an emulator: ${ACCOUNTS} of everything, written by the writers of the capabilities.`,
    );
    return await timesOfPages();
  } finally {
    followClock(undefined);
    await emulators.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

const PORTS = { messaging: 0, dynamodb: 0, ses: 0, secrets: 0 };

async function timesOfPages(): Promise<readonly PageTime[]> {
  const id = await startSession({ subject: 'bench', name: 'Jane Clerk', role: 'act' }, NOW);
  const session = await openSession(id, false, NOW);
  if (!session) throw new Error('The session that was just begun is not open');
  const told = { context: contextOf(session), claims: {}, parameters: {}, cookies: [] };
  const pages = PATHS.map((address): readonly [string, Ask] => {
    const url = new URL(address, 'https://billing.carrier.example');
    const query = Object.fromEntries(url.searchParams);
    const request = { ...told, method: 'GET', path: url.pathname, query, headers: {}, body: Buffer.alloc(0) };
    return [address, () => answerPage(request, NOW)];
  });
  const searches = Object.entries(SOUGHT).map(([what, text]): readonly [string, Ask] => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = Buffer.from(new URLSearchParams({ csrf: session.csrf, for: text }).toString());
    const request = { ...told, method: 'POST', path: '/search', query: {}, headers, body };
    return [`search for ${what}`, () => answerAct(request, NOW)];
  });
  const times: PageTime[] = [];
  for (const [page, ask] of pages) times.push(await timeOf(page, ask, []));
  // Where a search leads is kept in the session: its one write.
  for (const [page, ask] of searches) times.push(await timeOf(page, ask, ['UpdateCommand']));
  return times;
}

async function timeOf(page: string, ask: Ask, mayWrite: readonly string[]): Promise<PageTime> {
  const { status, body = '' } = await ask();
  if (status !== 200 && status !== 303) throw new Error(`${page} answered ${status}`);
  const { calls: names, items, most } = await watchReads(ask);
  const calls = names.length;
  const writes = names.filter((name) => !READS.has(name) && !mayWrite.includes(name));
  if (items > MOST.items || most > MOST.aCall || calls > MOST.calls || writes.length > 0)
    throw new Error(`${page} asks for more than two pages of items: ${JSON.stringify({ calls, items, most, writes })}`);
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await ask();
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return {
    page,
    milliseconds: rounded(took[Math.floor(ROUNDS / 2)] ?? 0),
    slowest: rounded(took.at(-1) ?? 0),
    tableCalls: calls,
    items,
    kilobytes: rounded(Buffer.byteLength(String(body)) / 1024),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
