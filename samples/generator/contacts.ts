import type { CustomerPlan, Language } from './carrier.ts';
import { CUSTOMERS } from './customers.ts';
import { randomOf } from './random.ts';

export interface Contact {
  readonly contactId: string;
  readonly ocn: string;
  readonly bcns?: readonly string[];
  readonly kind: 'person' | 'mailbox';
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly language: string;
  readonly timeZone: string;
  readonly roles: readonly string[];
  readonly activeTo?: string;
}

const FIRST: Record<Language, readonly string[]> = {
  en: ['Amelia', 'Oliver', 'Priya', 'Callum', 'Grace', 'Idris', 'Moira', 'Tomasz', 'Beatrice', 'Samuel'],
  de: ['Anke', 'Jörg', 'Sabine', 'Matthias', 'Ayşe', 'Björn', 'Käthe', 'Ulrich', 'Zoë', 'Günther'],
  fr: ['Amélie', 'Benoît', 'Chloé', 'François', 'Hélène', 'Jérôme', 'Maëlle', 'Noël', 'Zoé', 'Thérèse'],
};
const LAST: Record<Language, readonly string[]> = {
  en: ['Ashworth', 'Bellamy', 'Carrick', "O'Dowd", 'Fairweather', 'Nakagawa', 'Patel', 'Quill', 'Reyes', 'Thistlewood'],
  de: ['Brandstätter', 'Grünwald', 'Yıldız', 'Hößlin', 'Käfer', 'Lindemann', 'Oertel', 'Süß', 'Vogt', 'Zöllner'],
  fr: ['Aubépine', 'Béranger', 'Crémieux', 'Delaforêt', 'Façonnet', 'Guérin', 'Lebœuf', 'Nguyên', 'Séverin', 'Ticôt'],
};
const PHONE: Record<string, (n: number) => string> = {
  GB: (n) => `+447700900${String(n).padStart(3, '0')}`,
  DE: (n) => `+49171392${String(n % 100).padStart(4, '0')}`,
  FR: (n) => `+336399800${String(n % 100).padStart(2, '0')}`,
  JP: (n) => `+81355550${String(n).padStart(3, '0')}`,
};
const MAILBOX: Record<Language, { readonly local: string; readonly name: string }> = {
  en: { local: 'noc', name: 'Network Operations' },
  de: { local: 'netzbetrieb', name: 'Netzbetrieb' },
  fr: { local: 'supervision', name: 'Supervision réseau' },
};

/** Contacts whose story the plain three of a customer do not tell, by customer and place in its list. */
const SPECIAL: Record<string, Partial<Contact>> = {
  // Nobody who gets invoices is left: the documents stand in the portal, the email is skipped and said.
  '100322/1': { activeTo: '2026-06-30' },
  '100322/3': { roles: ['administrator'] },
  // One mailbox, listed twice, spelled differently: one email.
  '100283/1': { kind: 'mailbox', name: 'Pemberton Accounts Payable', email: 'ap@pemberton.example' },
  '100283/3': { kind: 'mailbox', name: 'AP Team (stores)', email: 'AP@Pemberton.Example', bcns: undefined, roles: ['billing'] },
  // One person who works for two customers.
  '100214/3': {
    contactId: 'K-TANABE',
    name: 'Keiko Tanabe',
    email: 'keiko.tanabe@tradelink.example',
    timeZone: 'Asia/Tokyo',
    bcns: ['B10021402'],
    roles: ['billing'],
  },
  '400121/3': {
    contactId: 'K-TANABE',
    name: 'Keiko Tanabe',
    email: 'Keiko.Tanabe@tradelink.example',
    timeZone: 'Asia/Tokyo',
    bcns: undefined,
    roles: ['billing', 'technical'],
  },
  // A domain with umlauts, and a contact who reads another language than the invoice's.
  '200118/3': { kind: 'mailbox', name: 'Rechnungseingang', email: 'Rechnung@müller-özdemir.example', bcns: undefined, roles: ['billing'] },
  '200126/3': { language: 'en', roles: ['billing'] },
  '200178/1': { language: 'en' },
  // A name that tries to be more than a name.
  '100201/1': { name: 'Zoë "Ziggy" <script> O\'Dowd & Co, {{name}}' },
  // Left in the course of the month, before the invoices go out.
  '300105/3': { activeTo: '2026-10-31', bcns: undefined, roles: ['billing'] },
};

/** Three contacts a customer: accounts payable, the operations mailbox, and one who looks after one account or administers. */
export function contacts(): Contact[] {
  return CUSTOMERS.flatMap((customer, index) =>
    [accountsPayable(customer, index), operations(customer), deputy(customer, index)].map((contact, place) =>
      withoutUndefined({ ...contact, ...SPECIAL[`${customer.ocn}/${place + 1}`] }),
    ),
  );
}

function accountsPayable(customer: CustomerPlan, index: number): Contact {
  const { name, local } = person(customer, 'payable');
  return {
    contactId: `K${customer.ocn}-1`,
    ocn: customer.ocn,
    kind: 'person',
    name,
    email: `${local}@${customer.domain}`,
    phone: PHONE[customer.country]?.(100 + index) ?? `+31201${String(index).padStart(6, '0')}`,
    language: customer.language,
    timeZone: customer.timeZone,
    roles: ['billing', ...(index % 4 === 0 ? ['administrator'] : [])],
  };
}

function operations(customer: CustomerPlan): Contact {
  const { local, name } = MAILBOX[customer.language];
  return {
    contactId: `K${customer.ocn}-2`,
    ocn: customer.ocn,
    kind: 'mailbox',
    name: `${name} ${customer.name}`.slice(0, 80),
    email: `${local}@${customer.domain}`,
    language: customer.language,
    timeZone: customer.timeZone,
    roles: ['technical', 'maintenance'],
  };
}

function deputy(customer: CustomerPlan, index: number): Contact {
  const { name, local } = person(customer, 'deputy');
  const last = customer.accounts.at(-1);
  const several = customer.accounts.length > 1 && last !== undefined;
  return {
    contactId: `K${customer.ocn}-3`,
    ocn: customer.ocn,
    bcns: several ? [last.bcn] : undefined,
    kind: 'person',
    name,
    email: `${local}@${customer.domain}`,
    language: customer.language,
    timeZone: customer.timeZone,
    roles: several || index % 2 === 0 ? ['billing'] : ['administrator', 'technical'],
  };
}

function person(customer: CustomerPlan, place: string): { name: string; local: string } {
  const random = randomOf('person', customer.ocn, place);
  const [first, last] = [random.pick(FIRST[customer.language]), random.pick(LAST[customer.language])];
  return { name: `${first} ${last}`, local: `${plain(first)}.${plain(last)}` };
}

/** A name as mailboxes spell it. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replaceAll('ı', 'i')
    .replaceAll(/[^a-z]/g, '');
}

function withoutUndefined(contact: Contact): Contact {
  return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined)) as unknown as Contact;
}
