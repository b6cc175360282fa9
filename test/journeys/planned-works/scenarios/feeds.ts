import { expect } from 'vitest';
import { type DiaryEvent, eventsOf } from '../../../oracle/planned-works/works-mail.ts';
import { circuit, contact, customer } from '../carrier-records.ts';
import { FIRST, methods, type Scenario, SECOND, type Stage, THIRD, wish } from '../scenario.ts';
import { hit, instantOf, MOVED_NIGHT, NIGHT, published } from '../works-events.ts';

interface Feed {
  readonly https: string;
  readonly webcal: string;
}

interface Fetched {
  readonly status: number;
  readonly type: string;
  readonly etag: string;
  readonly events: readonly DiaryEvent[];
}

const feedOnly: Scenario = {
  title: 'feed only: no email; the feed shows the event, an update right after, and is gone when it is revoked',
  directory: customer('feeds', { contacts: [contact('feeds', 'ana')], services: [circuit('feeds', 1)] }),
  steps: [
    {
      at: FIRST,
      commands: [wish('feeds', 'ana', 'works', 'feed-only')],
      publish: [published('CRQ-feeds', 0, { services: [hit('feeds/1')] })],
    },
    {
      at: SECOND,
      act: async ({ cloud, publish, keep }) => {
        const address = await cloud.json<Feed>('works', 'feed', 'feeds', 'feeds-ana');
        keep('address', address);
        keep('origin', new URL(cloud.file.urls.public).origin);
        const first = await fetched(address.https);
        keep('first', first);
        keep('unchanged', (await fetched(address.https, first.etag)).status);
        await publish(published('CRQ-feeds', 1, { windows: [MOVED_NIGHT], services: [hit('feeds/1')] }));
        keep('updated', await fetched(address.https, first.etag));
        keep('tampered', (await fetch(tampered(address.https))).status);
        keep('same', await cloud.json<Feed>('works', 'feed', 'feeds', 'feeds-ana'));
        await cloud.must('works', 'feed', 'feeds', 'feeds-ana', '--revoke', '--reason', 'a laptop was lost');
        keep('revoked', (await fetch(address.https)).status);
        keep('fresh', await cloud.json<Feed>('works', 'feed', 'feeds', 'feeds-ana'));
      },
    },
  ],
  check: (seen) => {
    expect(seen.mails).toEqual([]);
    const address = seen.kept<Feed>('address');
    expect(new URL(address.https).origin).toBe(seen.kept('origin'));
    expect(address.webcal.replace(/^webcals?:/, '')).toBe(address.https.replace(/^https?:/, ''));
    const first = seen.kept<Fetched>('first');
    expect(first).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/calendar\b/), etag: expect.stringMatching(/^(W\/)?"/) });
    expect(first.events).toMatchObject([
      {
        start: instantOf(NIGHT.start),
        end: instantOf(NIGHT.end),
        status: 'CONFIRMED',
        maintenanceId: 'CRQ-feeds',
        objects: { 'feeds/1': 'OUTAGE' },
      },
    ]);
    expect(seen.kept('unchanged')).toBe(304);
    const updated = seen.kept<Fetched>('updated');
    expect(updated.status).toBe(200);
    expect(updated.etag).not.toBe(first.etag);
    expect(updated.events).toMatchObject([{ start: instantOf(MOVED_NIGHT.start), uid: first.events[0]?.uid }]);
    expect([seen.kept('tampered'), seen.kept('revoked')]).toEqual([404, 404]);
    expect(seen.kept('same')).toEqual(address);
    expect(seen.kept<Feed>('fresh').https).not.toBe(address.https);
  },
};

const sameEvents: Scenario = {
  title: 'a feed shows the same events as the emails, those of the contact’s own scope, and none that was cancelled',
  directory: customer('agenda', {
    accounts: ['a', 'b'],
    contacts: [contact('agenda', 'ana'), contact('agenda', 'cora', { bcns: ['agenda-b'] })],
    services: [circuit('agenda', 1, 'a'), circuit('agenda', 2, 'b')],
  }),
  steps: [
    { at: FIRST, publish: [published('CRQ-agenda', 0, { services: [hit('agenda/1')] })] },
    { at: SECOND, act: feedsAs('open') },
    { at: THIRD, publish: [published('CRQ-agenda', 1, { status: 'cancelled', services: [hit('agenda/1')] })], act: feedsAs('over') },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST', 'CANCEL']);
    const event = seen.mails[0]?.event;
    const [ana, cora] = seen.kept<Fetched[]>('open');
    expect(ana?.events).toMatchObject([
      { uid: event?.uid, sequence: event?.sequence, start: event?.start, end: event?.end, objects: event?.objects },
    ]);
    expect(cora?.events).toEqual([]);
    const live = seen.kept<Fetched[]>('over').flatMap(({ events }) => events.filter(({ status }) => status !== 'CANCELLED'));
    expect(live).toEqual([]);
  },
};

export const FEEDS: readonly Scenario[] = [feedOnly, sameEvents];

function feedsAs(name: string): (stage: Stage) => Promise<void> {
  return async ({ cloud, keep }) => {
    const feeds = await Promise.all(['ana', 'cora'].map((who) => cloud.json<Feed>('works', 'feed', 'agenda', `agenda-${who}`)));
    keep(name, await Promise.all(feeds.map(({ https }) => fetched(https))));
  };
}

async function fetched(url: string, etag?: string): Promise<Fetched> {
  const response = await fetch(url, etag === undefined ? {} : { headers: { 'if-none-match': etag } });
  const body = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    etag: response.headers.get('etag') ?? '',
    events: response.status === 200 ? eventsOf(body) : [],
  };
}

/** Another last letter but one before the ending: a signature that fits nothing. */
function tampered(url: string): string {
  const at = url.replace(/\.ics$/, '').length - 3;
  return url.slice(0, at) + (url[at] === 'A' ? 'B' : 'A') + url.slice(at + 1);
}
