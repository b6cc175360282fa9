import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportedMails } from '../evidence.ts';
import { type LocalCloud, startLocalCloud } from '../local-cloud.ts';
import { circuit, contact, customer, writeExport } from '../planned-works/carrier-records.ts';
import { hit, published, writeEvents } from '../planned-works/works-events.ts';

/** So many contacts leave at a random moment while emails to them are on their way. */
const [ROUNDS, CONTACTS] = process.env.LONG === '1' ? [10, 100] : [1, 20];
/** Long enough for the last email of a round to be on its way. */
const WITHIN = 60 * CONTACTS;
const DAY = 86_400_000;
const ONE_CLICK = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };

/** Of `carrierpost privacy export`. */
interface Known {
  readonly messages: readonly {
    readonly group: string;
    readonly facts: { readonly act: string };
    readonly history: readonly { readonly at: string; readonly trigger: string }[];
  }[];
}

const work = mkdtempSync(join(tmpdir(), 'race-'));
// Without an `at` the local cloud goes by the machine's clock, as this test does: so what comes first can be told.
const start = Date.now() + 60 * DAY;
const windows = [{ windowId: '1', start: new Date(start).toISOString(), end: new Date(start + DAY / 6).toISOString() }];
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud(join(work, 'data'));
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

const isClaim = ({ trigger }: { trigger: string }) => trigger === 'claim';

function eventFile(name: string, ocn: string): string {
  return writeEvents(join(work, `${name}.jsonl`), [published(name, 0, { windows, services: [hit(`${ocn}/1`, 'no-impact')] })]);
}

/** A customer whose contacts have had one email each; the way out that stood in its header, by address. */
async function waysOut(ocn: string, people: readonly ReturnType<typeof contact>[]): Promise<Map<string, string>> {
  await cloud.must('load', writeExport(join(work, ocn), customer(ocn, { contacts: people, services: [circuit(ocn, 1)] })));
  await cloud.must('works', eventFile(`CRQ-${ocn}-first`, ocn));
  const links = (await exportedMails(cloud)).flatMap(({ to: [address = ''], oneClick }) =>
    oneClick && address.endsWith(`@${ocn}.example`) ? [[address, oneClick] as const] : [],
  );
  expect(links).toHaveLength(people.length);
  return new Map(links);
}

describe('Who leaves while an email is on its way', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))('is written to no more after the answer (round %i)', async (round) => {
    const ocn = `race${round}`;
    const people = Array.from({ length: CONTACTS }, (_, n) => contact(ocn, `c${n}`));
    const links = await waysOut(ocn, people);
    const second = eventFile(`CRQ-${ocn}-second`, ocn);
    await cloud.must('works', second, '--no-wait');
    const answered = new Map(
      await Promise.all(
        people.map(async ({ email }) => {
          await pause(Math.random() * WITHIN);
          const answer = await fetch(links.get(email) ?? '', ONE_CLICK);
          expect(answer.status).toBe(200);
          return [email, Date.now()] as const;
        }),
      ),
    );
    await cloud.must('works', second);
    const mails = (await exportedMails(cloud)).filter(({ subject }) => subject.includes(`CRQ-${ocn}-second`));
    const limit = pLimit(2);
    const late = await Promise.all(
      people.map(({ contactId, email }) =>
        limit(async () => {
          const { messages } = await cloud.json<Known>('privacy', 'export', ocn, contactId);
          const told = messages.filter(({ group }) => group.includes('second'));
          const claimsOf = (isCancel: boolean) =>
            told.filter(({ facts }) => (facts.act === 'cancel') === isCancel).flatMap(({ history }) => history.filter(isClaim));
          const [invited, cleared] = [claimsOf(false), claimsOf(true)];
          const sent = mails.filter(({ to }) => to.includes(email)).length;
          const tooLate = invited.filter(({ at }) => Date.parse(at) > (answered.get(email) ?? 0));
          // What is in the diary is taken out again; who was not invited hears nothing at all.
          const isRight = tooLate.length === 0 && cleared.length <= invited.length && sent === invited.length + cleared.length;
          return isRight
            ? []
            : [`${email}: ${sent} sent, answered ${answered.get(email)}, ${JSON.stringify(told.map(({ history }) => history))}`];
        }),
      ),
    );
    expect(late.flat()).toEqual([]);
  });

  it('before sending goes on is not written to at all', async () => {
    const people = [contact('brake', 'leaves'), contact('brake', 'stays')];
    const links = await waysOut('brake', people);
    await cloud.must('mail', 'pause', '--reason', 'a journey');
    await cloud.must('works', eventFile('CRQ-brake-second', 'brake'));
    await fetch(links.get('leaves@brake.example') ?? '', ONE_CLICK);
    await cloud.must('mail', 'resume', '--reason', 'a journey');
    const mails = (await exportedMails(cloud)).filter(({ subject }) => subject.includes('CRQ-brake-second'));
    expect(mails.map(({ to }) => to[0])).toEqual(['stays@brake.example']);
  });
});
