import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerView } from '../../../functions/planned-works/customer-plan.ts';
import { diariesAfter, type Mail, Post } from './diaries.ts';
import { contactOf, MOVED, serviceOf, set, TWO_WINDOWS, viewOf, windowOf, worksOf } from './plan-of.ts';

const NOW = new Date('2026-11-02T09:00:00Z');

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
