import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { contactDoer, doorOf, type HumanAct, type Subject } from '../../../functions/audit/human-act.ts';
import { describeSubject, namesOf } from '../../../functions/audit/subject.ts';
import { doerName, record, trail, trailPage, witnessed } from '../../../functions/audit/trail.ts';
import { expression } from '../../../functions/aws/expression.ts';
import { getItem, transact } from '../../../functions/aws/tables.ts';
import { useCloud } from '../../emulators/cloud.ts';

useCloud();

const NOW = new Date('2026-11-05T09:00:00Z');

let jane: { by: string; reason: string };
let bcn: string;
beforeEach(() => {
  jane = { by: `Jane ${randomUUID()}`, reason: 'agreed by telephone' };
  bcn = `B-${randomUUID()}`;
});

function act(changes: Partial<HumanAct> = {}): HumanAct {
  return { actId: `tests/${randomUUID()}`, what: 'review.release', doer: jane, subject: { ocn: '100201', bcn }, ...changes };
}

const about = (subject: string) => Array.fromAsync(trail({ subject }));
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe('an act', () => {
  test('is found by day, by every subject, and by who did it', async () => {
    const one = act({ before: { state: 'queried' }, after: { state: 'approved', version: 2 }, ledTo: 'event invoice.approved' });
    await record(one, NOW);
    const { doer, ...rest } = one;
    const expected = { ...rest, ...doer, at: NOW.toISOString(), from: 'command line' };
    expect(await about(bcn)).toEqual([expected]);
    expect(await Array.fromAsync(trail({ doer: doerName(jane.by.toUpperCase()) }))).toEqual([expected]);
    expect(await Array.fromAsync(trail({ day: '2026-11-05' }))).toContainEqual(expected);
    expect(await about('100201')).toContainEqual(expected);
    expect(await Array.fromAsync(trail({ day: '2026-11-06' }))).toEqual([]);
  });

  test('that is said again is one record, and the first one stays', async () => {
    const one = act();
    await record(one, NOW);
    await record({ ...one, after: { state: 'forged' } }, later(5));
    expect(await about(bcn)).toMatchObject([{ at: NOW.toISOString(), actId: one.actId }]);
    expect((await about(bcn))[0]).not.toHaveProperty('after');
  });

  test('and its change are both there, or neither', async () => {
    const key = { pk: `TASK#${bcn}`, sk: 'TASK' };
    const change = (when: boolean) => {
      const condition = when ? expression`attribute_not_exists(#pk)` : expression`attribute_exists(#pk)`;
      return { table: 'tasks', put: { ...key, state: 'done' }, when: condition } as const;
    };
    expect(await transact([change(false), ...witnessed(act(), NOW)])).toEqual([0]);
    expect(await about(bcn)).toEqual([]);
    const known = act();
    await record(known, NOW);
    expect(await transact([change(true), ...witnessed(known, NOW)])).not.toEqual([]);
    expect(await getItem('tasks', key)).toBeUndefined();
  });

  test('names no address, whatever somebody wrote', async () => {
    const reason = 'Anna <anna@acme.example> asked, cc ben@acme.example';
    await record(act({ doer: { ...jane, reason }, before: { was: 'anna@acme.example' } }), NOW);
    const [found] = await about(bcn);
    expect(found).toMatchObject({ reason: 'Anna <(an address)> asked, cc (an address)', before: { was: '(an address)' } });
  });
});

describe('the trail is read in pages', () => {
  const read = async (newestFirst: boolean) => {
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await trailPage({ subject: bcn }, { limit: 4, newestFirst, after });
      pages.push(page.acts.map(({ actId }) => actId));
      after = page.after;
    } while (after !== undefined);
    return pages;
  };

  test.each([0, 1, 3, 4, 5, 8, 9])('of %i acts each once, in order, from both ends', async (count) => {
    const ids = Array.from({ length: count }, (_, index) => `tests/${bcn}/${index}`);
    // Two at every instant: the order does not hang on the clock.
    for (const [index, actId] of ids.entries()) await record(act({ actId }), later(Math.floor(index / 2)));
    for (const newestFirst of [false, true]) {
      const pages = await read(newestFirst);
      expect(pages.flat()).toEqual(newestFirst ? ids.toReversed() : ids);
      expect(pages.every((page) => page.length <= 4)).toBe(true);
      expect(pages.length).toBe(Math.max(1, Math.ceil(count / 4)));
    }
  });
});

describe('the names of a subject', () => {
  const cases: readonly [Subject, readonly string[], string][] = [
    [{ ocn: '1', bcn: 'B1', period: '2026-10' }, ['1', 'B1'], 'customer 1, account B1, period 2026-10'],
    [{ ocn: '1', contactId: 'K1' }, ['1', '1/K1'], 'customer 1, contact K1'],
    [{ period: '2026-10', calendar: 'DE', runId: '2026-10.DE.1' }, ['2026-10', '2026-10.DE', '2026-10.DE.1'], 'run 2026-10.DE.1'],
    [{ period: '2026-10', bcns: ['B1', 'B2'], ocns: ['1'] }, ['2026-10', 'B1', 'B2', '1'], 'period 2026-10, 2 accounts, customer 1'],
    [{ sending: 'invoice' }, ['mail-invoice'], 'sending of invoice'],
    [{ worksId: 'CRQ-1' }, ['CRQ-1'], 'works CRQ-1'],
    [{ taskId: 'T-1', messageId: 'm', ocn: '1', bcn: 'B1' }, ['1', 'B1', 'm', 'T-1'], 'customer 1, account B1, message m, task T-1'],
    [{}, [], ''],
  ];
  test.each(cases)('%j', (subject, names, words) => {
    expect(namesOf(subject)).toEqual(names);
    expect(describeSubject(subject)).toBe(words);
  });

  test('of a request for thousands of accounts stay few enough for one transaction', () => {
    const bcns = Array.from({ length: 5000 }, (_, index) => `B${index}`);
    expect(namesOf({ period: '2026-10', bcns }).length).toBeLessThan(30);
  });
});

test.each([
  [undefined, 'command line'],
  ['console-acts', 'console'],
  ['self-service', "customer's page"],
  ['review-pages', "customer's page"],
  ['unsubscribe-mails', 'mail'],
  ['billing', 'billing'],
])('the door of %s is %s', (name, door) => {
  expect(doorOf(name)).toBe(door);
});

test("a customer's contact is known by its id alone", () => {
  expect(contactDoer('K1')).toEqual({ by: 'contact K1' });
});

test('the trail writes new items and nothing else, and nobody but the trail writes into its table', () => {
  const root = join(import.meta.dirname, '../../..');
  const sources = globSync('functions/**/*.ts', { cwd: root }).map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);
  const writing = sources.flatMap(([file, text]) =>
    [...text.matchAll(/^.*\btable: 'audit'.*$/gm)].map(([line]) => `${file}: ${line.trim()}`),
  );
  expect(writing.length).toBeGreaterThan(0);
  expect(writing.filter((line) => !/^functions\/audit\/trail\.ts: .*\bput\b.*when: isNew\(\)/.test(line))).toEqual([]);
  const calls = sources.filter(([, text]) => /\b(putItems?|updateItem|removeItem)(<[^>]*>)?\(\s*'audit'/.test(text));
  expect(calls.map(([file]) => file)).toEqual([]);
});
