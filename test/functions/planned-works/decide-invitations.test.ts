import { describe, expect, test } from 'vitest';
import { Post } from './diaries.ts';
import { contactOf, serviceOf, set, TWO_CIRCUITS, TWO_WINDOWS, viewOf, windowOf, worksOf } from './plan-of.ts';

const NOW = new Date('2026-11-02T09:00:00Z');
const ANNA = contactOf('anna');

describe('what an invitation is of', () => {
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
