import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { doerName, record } from '../../../functions/audit/trail.ts';
import { now } from '../../../functions/aws/clock.ts';
import { auditPage, findActs } from '../../../functions/console/audit-page.ts';
import type { ConsoleAct, ConsolePage, ConsoleRequest, ReadPage } from '../../../functions/console/console-page.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';

useCloud();

const show: ReadPage = auditPage;
const find: ConsoleAct = findActs;
const AT = '2026-11-05T09:00:00.000Z';
const JANE = { by: 'Jane <b>Clerk</b>', reason: 'a < b & "c"' };
const COUNT = 230;

const asked = (query: ConsoleRequest['query'] = {}): ConsoleRequest => {
  return { query, parameters: {}, person: { subject: 'u1', name: 'Vera View', role: 'view' }, now: now(), csrf: 'token' };
};
const markup = ({ body }: ConsolePage) => ('html' in body ? [body] : body).map(({ html }) => html).join('\n');
const form = (fields: object) => new Map(Object.entries(fields)) as ReadonlyMap<string, string>;
const rowsOf = (page: ConsolePage) => [...markup(page).matchAll(/<time datetime="([^"]*)"/g)].map(([, at]) => at ?? '');
const nextOf = (page: ConsolePage) => /<a href="\/audit\?([^"]*)" rel="next">/.exec(markup(page))?.[1]?.replaceAll('&amp;', '&');

beforeAll(async () => {
  setClock(AT);
  for (let index = 0; index < COUNT; index += 1) {
    const at = new Date(Date.parse(AT) + index * 1000);
    const subject = { ocn: '100201', bcn: 'B10020101', period: '2026-10' };
    await record(
      { actId: `tests/${index}`, what: 'review.release', doer: JANE, subject, before: { state: 'queried' }, after: { state: 'approved' } },
      at,
    );
  }
  const run = { actId: 'tests/run', what: 'run.hold', doer: { by: 'Tom Clerk', reason: 'figures' }, ledTo: '2026-10.DE.1' } as const;
  await record({ ...run, subject: { period: '2026-10', calendar: 'DE', runId: '2026-10.DE.1' } }, new Date('2026-11-04T09:00:00Z'));
});

describe('the page of the audit trail', () => {
  test.each([
    ['a day', {}],
    ['a subject', { subject: 'B10020101' }],
    ['a person', { person: doerName(JANE.by) }],
  ])('shows every act of %s once, the newest first, and reads a page of it at a time', async (_, query) => {
    const queries = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
    const seen: string[] = [];
    for (let page: ConsolePage | undefined = await show(asked(query)); page; ) {
      seen.push(...rowsOf(page));
      expect(queries).toHaveBeenCalledTimes(1);
      const [[command]] = queries.mock.calls as unknown as [[QueryCommand]];
      expect(command).toBeInstanceOf(QueryCommand);
      expect(command.input.Limit).toBeLessThan(60);
      queries.mockClear();
      const next = nextOf(page);
      page = next === undefined ? undefined : await show(asked(Object.fromEntries(new URLSearchParams(next))));
    }
    queries.mockRestore();
    expect(seen).toHaveLength(COUNT);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  test('says who, what, why, before and after, and nothing of it is markup', async () => {
    const page = markup(await show(asked({ subject: 'B10020101' })));
    for (const words of [
      'Jane &lt;b&gt;Clerk&lt;/b&gt;',
      'released a first invoice',
      'a &lt; b &amp; &quot;c&quot;',
      'state: queried → approved',
      'command line',
    ])
      expect(page).toContain(words);
    expect(page).toContain('<a href="/accounts/B10020101">account B10020101</a>');
    expect(markup(await show(asked({ day: '2026-11-04' })))).toContain('<a href="/runs/2026-10/DE">2026-10.DE.1</a>');
  });

  test('has no name in an address', async () => {
    const page = markup(await show(asked()));
    const addresses = [...page.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => /Jane|Clerk/.test(decodeURIComponent(address)))).toEqual([]);
  });

  test.each([
    [{ day: 'yesterday' }],
    [{ subject: 'a@b.example' }],
    [{ subject: "x' OR 1" }],
    [{ person: 'Jane' }],
    [{ after: '%%%' }],
    [{ after: 'AAAA' }],
  ])('answers %j with today', async (query) => {
    expect((await show(asked(query))).title).toBe('Acts of 2026-11-05');
  });

  test('of a quiet day says so, and leads to the day before', async () => {
    const page = markup(await show(asked({ day: '2026-11-01' })));
    expect(page).toContain('Nobody did anything.');
    expect(page).toContain('/audit?day=2026-10-31');
  });
});

describe('looking for acts', () => {
  test.each([
    ['subject', 'B10020101', '/audit?subject=B10020101'],
    ['subject', '100201/K100201-2', '/audit?subject=100201%2FK100201-2'],
    ['subject', '2026-11-05', '/audit?day=2026-11-05'],
    ['person', 'Jane Clerk', `/audit?person=${doerName('jane clerk')}`],
  ])('%s %s', async (of, wanted, to) => {
    expect(await find(asked(), form({ of, wanted }))).toEqual({ to, said: `Looked for ${wanted}.` });
  });

  test.each(['anna@acme.example', '', 'two words'])('"%s" is refused with what would be right', async (wanted) => {
    const answer = await find(asked(), form({ of: 'subject', wanted }));
    expect(answer).toMatchObject({ status: 422, title: 'Nothing was looked for' });
  });
});
