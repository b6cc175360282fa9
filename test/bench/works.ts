import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { legalEntity, writeLines } from './carrier-of.ts';
import { carrierpost, inCloud, timed } from './cloud.ts';

/** What many works to many contacts took, from the events to the last email. */
interface WorksThroughCloud {
  readonly works: number;
  readonly invitations: number;
  readonly seconds: number;
  readonly invitationsPerSecond: number;
  readonly peakMegabytes: number;
}

const START = '2026-11-02T09:00:00Z';
/** By then the emails are out, at the sending rate. */
const SENT = '2026-11-02T09:30:00Z';
const CONTACTS = 50;
const CIRCUITS = 5;

/** Publishes works of one customer each, with fifty contacts and five circuits, and waits until every one of them was invited. */
export async function playWorks(works: number): Promise<WorksThroughCloud> {
  return inCloud(async ({ folder, data, peakMegabytes }) => {
    await writeCustomers(works, join(folder, 'export'));
    const file = join(folder, 'works.jsonl');
    await writeLines(file, works, event);
    await carrierpost('at', START, '--data', data);
    await carrierpost('load', join(folder, 'export'), '--data', data);
    const seconds = await timed(async () => {
      await carrierpost('works', file, '--data', data);
      await carrierpost('at', SENT, '--data', data);
    });
    const invitations = works * CONTACTS;
    await assertInvited(join(folder, 'mails'), data, invitations);
    return {
      works,
      invitations,
      seconds: Math.round(seconds),
      invitationsPerSecond: Math.round(invitations / seconds),
      peakMegabytes: peakMegabytes(),
    };
  });
}

/** A fast sending that doubled one email and lost another would be worth nothing. */
async function assertInvited(folder: string, data: string, invitations: number): Promise<void> {
  await carrierpost('mail', 'export', folder, '--data', data);
  const sent = readdirSync(folder).map((file) => recipientOf(readFileSync(join(folder, file), 'latin1')));
  const expected = Array.from({ length: invitations }, (_, n) => contact(n).email);
  const reached = new Set(sent);
  const missing = expected.filter((address) => !reached.has(address));
  if (sent.length !== invitations || missing.length > 0) {
    throw new Error(`${invitations} invitations were to be sent, each once; ${sent.length} were, ${missing.length} contacts got none`);
  }
}

function recipientOf(raw: string): string {
  return /^To: (\S+)/m.exec(raw)?.[1] ?? '';
}

const ocn = (n: number) => `C${String(n).padStart(5, '0')}`;
const bcn = (n: number) => `B${String(n).padStart(5, '0')}`;
const serviceId = (n: number) => `LON/LON/LE-${String(n).padStart(6, '0')}`;

async function writeCustomers(count: number, folder: string): Promise<void> {
  const directory = join(folder, 'directory');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'legal-entities.json'), JSON.stringify([legalEntity()]));
  await writeLines(join(directory, 'customers.jsonl'), count, (n) => {
    return { ocn: ocn(n), name: `Customer ${n} Ltd`, legalEntityId: 'BENCH-GB', country: 'GB', language: 'en' };
  });
  await writeLines(join(directory, 'billing-accounts.jsonl'), count, account);
  await writeLines(join(directory, 'contacts.jsonl'), count * CONTACTS, contact);
  await writeLines(join(directory, 'services.jsonl'), count * CIRCUITS, (n) => {
    const ownership = [{ bcn: bcn(Math.floor(n / CIRCUITS)), from: '2024-01-01' }];
    return {
      serviceId: serviceId(n),
      ownership,
      product: 'Ethernet Line 1 Gbit/s',
      aEnd: '1 Example Street, London',
      bEnd: '2 Example Road, Leeds',
    };
  });
}

function account(n: number) {
  return {
    bcn: bcn(n),
    ocn: ocn(n),
    name: `Customer ${n} Ltd`,
    address: { street: '1 Example Street', postalCode: 'EC1A 1BB', city: 'London', country: 'GB' },
    currency: 'GBP',
    language: 'en',
    paymentTerms: { days: 30 },
    activeFrom: '2024-01-01',
    invoicedBefore: true,
    delivery: { attach: true, post: false },
  };
}

function contact(n: number) {
  const customer = Math.floor(n / CONTACTS);
  return {
    contactId: `K${n}`,
    ocn: ocn(customer),
    name: `Contact ${n}`,
    email: `noc${n}@customer${customer}.example`,
    language: 'en',
    timeZone: 'Europe/London',
    roles: ['maintenance'],
  };
}

function event(n: number) {
  const worksId = `CRQ-${n}`;
  const services = Array.from({ length: CIRCUITS }, (_, k) => ({ serviceId: serviceId(n * CIRCUITS + k), impact: 'outage' }));
  return {
    specversion: '1.0',
    id: worksId,
    source: '/change-management',
    type: 'planned-works.published',
    data: {
      worksId,
      revision: 0,
      status: 'confirmed',
      class: 'planned',
      title: 'Router software upgrade',
      description: 'The core router of this site gets a new software release.',
      windows: [{ windowId: '1', start: '2026-11-25T00:00:00Z', end: '2026-11-25T04:00:00Z' }],
      services,
    },
  };
}
