import { describe, expect, test } from 'vitest';
import type { CustomerView } from '../../../functions/planned-works/customer-plan.ts';
import type { PlannedWorks } from '../../../functions/planned-works/works.ts';
import { type Mail, Post } from './diaries.ts';
import { contactOf, MOVED, serviceOf, set, TWO_CIRCUITS, TWO_WINDOWS, viewOf, windowOf, worksOf } from './plan-of.ts';

const NOW = new Date('2026-11-02T09:00:00Z');
const at = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const ANNA = contactOf('anna');
const BEN = contactOf('ben');
const both = viewOf({ contacts: [ANNA, BEN] });
const NO_IMPACT = { services: [{ serviceId: 'FRA/FRA/LE-1', impact: 'no-impact' }] };
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
});

function opted(contactId: string): CustomerView {
  return viewOf({ contacts: [ANNA], settings: { [contactId]: [set('category#other-works#*', 'off')] } });
}

function settled(contactId: string, works: string): CustomerView {
  return viewOf({ contacts: [ANNA], settings: { [contactId]: [set('works#*', works)] } });
}
