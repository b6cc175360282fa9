import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerView } from '../../../functions/planned-works/customer-plan.ts';
import type { PlannedWorks } from '../../../functions/planned-works/works.ts';
import { diariesAfter, type Mail, Post } from './diaries.ts';
import { contactOf, serviceOf, set, viewOf, windowOf, worksOf } from './plan-of.ts';

const NOW = new Date('2026-11-02T09:00:00Z');
const at = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const ANNA = contactOf('anna');
const BEN = contactOf('ben');
const both = viewOf({ contacts: [ANNA, BEN] });
const MOVED = { windows: [windowOf('1', { start: '2026-11-19T00:00:00+01:00', end: '2026-11-19T04:00:00+01:00' })] };
const TWO_WINDOWS = { windows: [windowOf('1'), windowOf('2', { start: '2026-11-20T00:00:00Z', end: '2026-11-20T04:00:00Z' })] };
const NO_IMPACT = { services: [{ serviceId: 'FRA/FRA/LE-1', impact: 'no-impact' }] };
const TWO_CIRCUITS = { services: [...worksOf().services, { serviceId: 'FRA/FRA/LE-2', impact: 'degraded' }] };
const services = [serviceOf('FRA/FRA/LE-1'), serviceOf('FRA/FRA/LE-2')];

type Step = readonly [works: PlannedWorks, view: CustomerView, now?: Date];

/** `anna REQUEST 0 new`, sorted; `!` marks a CANCEL after which the works go on. */
function told(mails: readonly Mail[]): string[] {
  return mails
    .map(
      ({ address, method, sequence, leaves, variant }) => `${address.split('@')[0]} ${method}${leaves ? '!' : ''} ${sequence} ${variant}`,
    )
    .sort();
}

describe('what must happen', () => {
  test.each<[string, readonly Step[], readonly string[][]]>([
    ['create', [[worksOf(), both]], [['anna REQUEST 0 new', 'ben REQUEST 0 new']]],
    [
      'the same twice',
      [
        [worksOf(), both],
        [worksOf(), both],
      ],
      [['anna REQUEST 0 new', 'ben REQUEST 0 new'], []],
    ],
    [
      'reschedule',
      [
        [worksOf(), both],
        [worksOf(MOVED), both],
      ],
      [
        ['anna REQUEST 0 new', 'ben REQUEST 0 new'],
        ['anna REQUEST 1 changed', 'ben REQUEST 1 changed'],
      ],
    ],
    ['cancelled before it was told', [[worksOf({ status: 'cancelled' }), both]], [[]]],
    [
      'cancelled, then reinstated',
      [
        [worksOf(), both],
        [worksOf({ status: 'cancelled' }), both],
        [worksOf({ status: 'cancelled' }), both],
        [worksOf(), both],
      ],
      [
        ['anna REQUEST 0 new', 'ben REQUEST 0 new'],
        ['anna CANCEL 1 cancelled', 'ben CANCEL 1 cancelled'],
        [],
        ['anna REQUEST 2 changed', 'ben REQUEST 2 changed'],
      ],
    ],
    [
      'a circuit added, then removed',
      [
        [worksOf(), viewOf({ contacts: [ANNA], services })],
        [worksOf(TWO_CIRCUITS), viewOf({ contacts: [ANNA], services })],
        [worksOf(), viewOf({ contacts: [ANNA], services })],
      ],
      [['anna REQUEST 0 new'], ['anna REQUEST 1 changed'], ['anna REQUEST 2 changed']],
    ],
    [
      'the last circuit removed, and back',
      [
        [worksOf(), both],
        [worksOf({ services: [] }), both],
        [worksOf({ services: [] }), both],
        [worksOf(), both],
      ],
      [
        ['anna REQUEST 0 new', 'ben REQUEST 0 new'],
        ['anna CANCEL! 1 no-longer-affected', 'ben CANCEL! 1 no-longer-affected'],
        [],
        ['anna REQUEST 2 changed', 'ben REQUEST 2 changed'],
      ],
    ],
    [
      'a contact leaves, and is back',
      [
        [worksOf(), both],
        [worksOf(), viewOf({ contacts: [ANNA, { ...BEN, activeTo: '2026-11-01' }] })],
        [worksOf(), viewOf({ contacts: [ANNA] })],
        [worksOf(), both],
      ],
      [['anna REQUEST 0 new', 'ben REQUEST 0 new'], ['ben CANCEL! 1 no-longer-affected'], [], ['ben REQUEST 2 changed']],
    ],
    [
      'a contact leaves in the revision that moves the works',
      [
        [worksOf(), both],
        [worksOf(MOVED), viewOf({ contacts: [ANNA] })],
      ],
      [
        ['anna REQUEST 0 new', 'ben REQUEST 0 new'],
        ['anna REQUEST 2 changed', 'ben CANCEL! 1 no-longer-affected'],
      ],
    ],
    [
      'another contact of the scope has the address',
      [
        [worksOf(), viewOf({ contacts: [ANNA, contactOf('desk', { email: 'ANNA@acme.example' })] })],
        [worksOf(), viewOf({ contacts: [contactOf('desk', { email: 'ANNA@acme.example' })] })],
      ],
      [['anna REQUEST 0 new'], []],
    ],
    [
      'a new contact gets the current number',
      [
        [worksOf(), viewOf({ contacts: [ANNA] })],
        [worksOf(MOVED), viewOf({ contacts: [ANNA] })],
        [worksOf(MOVED), both],
      ],
      [['anna REQUEST 0 new'], ['anna REQUEST 1 changed'], ['ben REQUEST 1 new']],
    ],
    [
      'opted out, then moved: the diary is cleared once',
      [
        [worksOf(NO_IMPACT), viewOf({ contacts: [ANNA] })],
        [worksOf(NO_IMPACT), opted('anna')],
        [worksOf({ ...NO_IMPACT, ...MOVED }), opted('anna')],
        [worksOf({ ...NO_IMPACT, status: 'cancelled' }), opted('anna')],
      ],
      [['anna REQUEST 0 new'], ['anna CANCEL! 1 no-longer-affected'], [], []],
    ],
    [
      'opted out and cancelled at once: the CANCEL is sent once',
      [
        [worksOf(NO_IMPACT), viewOf({ contacts: [ANNA] })],
        [worksOf({ ...NO_IMPACT, status: 'cancelled' }), opted('anna')],
        [worksOf({ ...NO_IMPACT, status: 'cancelled' }), opted('anna')],
      ],
      [['anna REQUEST 0 new'], ['anna CANCEL 1 cancelled'], []],
    ],
    [
      'opted out of no-impact, a revision makes it an outage',
      [
        [worksOf(NO_IMPACT), viewOf({ contacts: [ANNA] })],
        [worksOf(NO_IMPACT), opted('anna')],
        [worksOf(), opted('anna')],
      ],
      [['anna REQUEST 0 new'], ['anna CANCEL! 1 no-longer-affected'], ['anna REQUEST 2 changed']],
    ],
    [
      'one of two windows dropped',
      [
        [worksOf(TWO_WINDOWS), viewOf({ contacts: [ANNA] })],
        [worksOf(), viewOf({ contacts: [ANNA] })],
      ],
      [['anna REQUEST 0 new', 'anna REQUEST 0 new'], ['anna CANCEL 1 cancelled']],
    ],
    [
      'one of two windows cancelled',
      [
        [worksOf(TWO_WINDOWS), viewOf({ contacts: [ANNA] })],
        [worksOf({ windows: [windowOf('1'), { ...TWO_WINDOWS.windows[1], status: 'cancelled' }] }), viewOf({ contacts: [ANNA] })],
      ],
      [['anna REQUEST 0 new', 'anna REQUEST 0 new'], ['anna CANCEL 1 cancelled']],
    ],
    [
      'started, completed',
      [
        [worksOf(), viewOf({ contacts: [ANNA] })],
        [worksOf({ status: 'in-process' }), viewOf({ contacts: [ANNA] })],
        [worksOf({ status: 'completed' }), both, at(20)],
      ],
      [['anna REQUEST 0 new'], ['anna REQUEST 1 starting'], ['anna REQUEST 2 completed']],
    ],
    [
      'data only: no diary is touched',
      [
        [worksOf(), settled('anna', 'data-only')],
        [worksOf(MOVED), settled('anna', 'data-only')],
        [worksOf({ status: 'cancelled' }), settled('anna', 'data-only')],
      ],
      [['anna DATA 0 new'], ['anna DATA 1 changed'], ['anna DATA 2 cancelled']],
    ],
    [
      'from the diary to data only: cleared, and told of the next change',
      [
        [worksOf(), viewOf({ contacts: [ANNA] })],
        [worksOf(), settled('anna', 'data-only')],
        [worksOf(), settled('anna', 'data-only')],
        [worksOf(MOVED), settled('anna', 'data-only')],
      ],
      [['anna REQUEST 0 new'], ['anna CANCEL! 1 no-longer-affected'], [], ['anna DATA 2 changed']],
    ],
    ['feed only: nothing by mail', [[worksOf(), settled('anna', 'feed-only')]], [[]]],
    ['feed only, but an emergency', [[worksOf({ class: 'emergency' }), settled('anna', 'feed-only')]], [['anna REQUEST 0 new']]],
    ['what is over is not news', [[worksOf(), both, at(30)]], [[]]],
    [
      'nobody leaves what is over',
      [
        [worksOf(), both],
        [worksOf(), viewOf({ contacts: [ANNA] }), at(30)],
      ],
      [['anna REQUEST 0 new', 'ben REQUEST 0 new'], []],
    ],
    ['a billing contact hears nothing', [[worksOf(), viewOf({ contacts: [contactOf('bill', { roles: ['billing'] })] })]], [[]]],
  ])('%s', (_, steps, expected) => {
    const post = new Post();
    expect(steps.map(([works, view, now = NOW]) => told(post.tell(works, view, now)))).toEqual(expected);
  });

  test('the first window keeps the bare works id, later ones have their own', () => {
    const post = new Post();
    const view = viewOf({ contacts: [ANNA] });
    post.tell(worksOf(), view, NOW);
    post.tell(worksOf({ windows: [TWO_WINDOWS.windows[1], windowOf('1')] }), view, NOW);
    post.tell(worksOf({ windows: [TWO_WINDOWS.windows[1]] }), view, NOW);
    expect([...post.known.values()].map(({ invitation: { windowId, maintenanceId } }) => `${windowId} ${maintenanceId}`).sort()).toEqual([
      '1 CRQ-1',
      '2 CRQ-1.2',
    ]);
  });

  test('one invitation for each billing account, where a contact wants that', () => {
    const post = new Post();
    const view = viewOf({
      contacts: [ANNA],
      settings: { anna: [set('grouping', 'per-account')] },
      services: [serviceOf('FRA/FRA/LE-1'), serviceOf('FRA/FRA/LE-2', 'B2')],
    });
    const mails = post.tell(worksOf(TWO_CIRCUITS), view, NOW);
    expect(mails.map(({ invitation: { account, circuits } }) => `${account} ${circuits.map(({ serviceId }) => serviceId)}`).sort()).toEqual(
      ['B1 FRA/FRA/LE-1', 'B2 FRA/FRA/LE-2'],
    );
  });

  test('a service belongs to its owner on the date of the window', () => {
    const moves = (to: string, from: string) =>
      serviceOf('FRA/FRA/LE-1', 'B1', {
        ownership: [
          { bcn: 'B1', from: '2024-01-01', to },
          { bcn: 'B9', from },
        ],
      });
    const toldWith = (service: ReturnType<typeof moves>) =>
      new Post().tell(worksOf(), viewOf({ contacts: [ANNA], services: [service] }), NOW).length;
    expect(toldWith(moves('2026-11-18', '2026-11-19'))).toBe(1);
    expect(toldWith(moves('2026-11-17', '2026-11-18'))).toBe(0);
  });
});

function opted(contactId: string): CustomerView {
  return viewOf({ contacts: [ANNA], settings: { [contactId]: [set('category#other-works#*', 'off')] } });
}

function settled(contactId: string, works: string): CustomerView {
  return viewOf({ contacts: [ANNA], settings: { [contactId]: [set('works#*', works)] } });
}

describe('whatever happens, in whatever order', () => {
  const impacts = fc.constantFrom('no-impact', 'outage');
  const anyWorks = fc.record({
    status: fc.constantFrom('tentative', 'confirmed', 'in-process', 'cancelled'),
    windows: fc.subarray([windowOf('1'), TWO_WINDOWS.windows[1], MOVED.windows[0] && { ...MOVED.windows[0], windowId: '3' }], {
      minLength: 1,
    }),
    services: fc
      .subarray(['FRA/FRA/LE-1', 'FRA/FRA/LE-2'])
      .chain((ids) => fc.tuple(...ids.map((serviceId) => impacts.map((impact) => ({ serviceId, impact }))))),
    title: fc.constantFrom('Router software upgrade', 'Fibre repair'),
  });
  const anyContact = (id: string) =>
    fc.record({
      here: fc.boolean(),
      bcns: fc.constantFrom<string[] | undefined>(undefined, ['B1'], ['B2']),
      works: fc.constantFrom('invitation', 'invitation', 'data-only', 'feed-only'),
      off: fc.boolean(),
      grouping: fc.constantFrom('together', 'per-account'),
      id: fc.constant(id),
    });
  const anyView = fc.tuple(anyContact('anna'), anyContact('ben'), anyContact('ANNA'));
  const anyStep = fc.record({ works: anyWorks, view: anyView, dies: fc.option(fc.nat({ max: 6 }), { nil: undefined }) });
  type AnyStep = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

  test('every diary ends as the newest state says, no number says two things, and nobody is told twice', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 8 }), fc.nat(), (steps, order) => {
        const post = new Post();
        for (const [revision, { works, view, dies }] of steps.entries())
          post.tell(worksOf({ ...works, revision }), viewIn(view), NOW, dies);
        const last = steps.at(-1) as AnyStep;
        post.tell(worksOf({ ...last.works, revision: steps.length }), viewIn(last.view), NOW);
        expect(post.tell(worksOf({ ...last.works, revision: steps.length }), viewIn(last.view), NOW)).toEqual([]);
        expectEachNumberOnce(post.mails);
        expect(summaryOf(diariesAfter(shuffled(post.mails, order)))).toEqual(summaryOf(expectedDiaries(last)));
      }),
      { numRuns: process.env.LONG === '1' ? 5000 : 300 },
    );
  });

  /** A fresh carrier that only ever saw the newest state fills empty diaries with the same entries. */
  function expectedDiaries({ works, view }: AnyStep) {
    const post = new Post();
    post.tell(worksOf(works), viewIn(view), NOW);
    return diariesAfter(post.mails);
  }

  function viewIn(view: AnyStep['view']): CustomerView {
    const here = view.filter((contact) => contact.here);
    const contacts = here.map(({ id, bcns }) => contactOf(id === 'ANNA' ? 'anna2' : id, { bcns, email: `${id}@acme.example` }));
    const settings = Object.fromEntries(
      here.map(({ works, off, grouping }, index) => [
        contacts[index]?.contactId ?? '',
        [set('works#*', works), set('category#other-works#*', off ? 'off' : 'on'), set('grouping', grouping)],
      ]),
    );
    return viewOf({ contacts, settings, services: [serviceOf('FRA/FRA/LE-1'), serviceOf('FRA/FRA/LE-2', 'B2')] });
  }

  function summaryOf(diaries: ReturnType<typeof diariesAfter>): string[] {
    return [...diaries]
      .map(
        ([key, { windowId, status, title, circuits }]) =>
          `${key} ${windowId} ${status} ${title} ${circuits.map(({ serviceId, impact }) => `${serviceId} ${impact}`)}`,
      )
      .sort();
  }

  function expectEachNumberOnce(mails: readonly Mail[]): void {
    const said = new Map<string, string>();
    for (const { uid, sequence, leaves, invitation, address } of mails) {
      const content = JSON.stringify([leaves, invitation]);
      const key = `${uid} ${sequence}`;
      expect(said.get(key) ?? content).toBe(content);
      said.set(key, content);
      expect(mails.filter((mail) => mail.uid === uid && mail.sequence === sequence && mail.address === address)).toHaveLength(1);
    }
  }

  function shuffled<T>(items: readonly T[], seed: number): T[] {
    return items
      .map((item, index) => ({ item, at: ((index + 1) * 7919 * (seed + 1)) % 104_729 }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
});
