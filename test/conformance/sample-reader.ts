import { billingAccountSchema, contactSchema, customerSchema } from '../../functions/directory/records.ts';
import { LANGUAGE_CODES, type Language } from '../../functions/money/format.ts';
import { preferenceFrom } from '../../functions/preferences/preference.ts';
import type { Reader } from '../../functions/self-service/reader.ts';
import { type Change, type Fields, fieldsOf, stepsBack } from '../../functions/self-service/settings-form.ts';
import { settingsPage } from '../../functions/self-service/settings-page.ts';
import { notUnderstoodPage, sentPage, tooOldPage, wayOutPage } from '../../functions/self-service/way-out-page.ts';
import { SELLER } from '../functions/messages/directory-of.ts';

const GRANT = { ocn: '100234', contactId: 'C1', bcn: 'B4711', category: 'documents' } as const;

/** What came of a form that changed nothing. */
const NOTHING = { changes: [], refused: [], isForbidden: false, back: [], isUndo: false };
const LINK = { path: '/documents/token' };

/** A page, and what it shows. */
export interface Sample {
  readonly name: string;
  readonly html: string;
}

/** Every page of a contact's own settings, in every language. */
export const OWN_PAGES: readonly Sample[] = LANGUAGE_CODES.flatMap(pagesIn);

function pagesIn(language: Language): Sample[] {
  const [few, many] = [readerOf(language, 2), readerOf(language, 8)];
  const fields = fieldsOf(few);
  const changes = changesIn(fields);
  const administrator = administratorOf(few);
  const alone = administratorOf(readerOf(language, 1));
  const ofCustomer = fieldsOf(administrator);
  const forAll = changesIn(ofCustomer.filter(({ of }) => of === 'customer'));
  const pages: Record<string, string> = {
    settings: settingsPage(few, fields, LINK),
    'settings of eight accounts': settingsPage(many, fieldsOf(many), LINK),
    'settings, saved': settingsPage(few, fields, LINK, { ...NOTHING, changes, back: stepsBack(changes, fields) }),
    'settings, undone': settingsPage(few, fields, LINK, { ...NOTHING, changes, isUndo: true }),
    'settings, nothing changed': settingsPage(few, fields, LINK, NOTHING),
    'settings, refused': settingsPage(few, fields, LINK, { ...NOTHING, refused: changes.slice(0, 1) }),
    'settings, for others and forbidden': settingsPage(few, fields, LINK, { ...NOTHING, isForbidden: true }),
    'settings of an administrator': settingsPage(administrator, ofCustomer, LINK),
    'settings of an administrator, saved': settingsPage(administrator, ofCustomer, LINK, {
      ...NOTHING,
      changes: forAll,
      back: stepsBack(forAll, ofCustomer),
    }),
    'settings of an administrator of one account': settingsPage(alone, fieldsOf(alone), LINK),
    'settings, links ended': settingsPage(few, fields, { ...LINK, isNew: true }),
    'way out, asked': wayOutPage(few, GRANT, 'asked'),
    'way out, left': wayOutPage(few, GRANT, 'out'),
    'way out, back in': wayOutPage(few, { ...GRANT, bcn: '*', category: 'other-works' }, 'back in'),
    'too old': tooOldPage(few),
    'new link sent': sentPage(few),
    'not understood': notUnderstoodPage(few),
  };
  return Object.entries(pages).map(([name, html]) => ({ name: `${name}, ${language}`, html }));
}

function changesIn(fields: readonly Fields[]): Change[] {
  return fields.flatMap((section) => section.fields.slice(0, 2)).map((field) => ({ field, value: field.options[1] ?? '' }));
}

function administratorOf(reader: Reader): Reader {
  return { ...reader, administers: { accounts: reader.accounts, preference: reader.preference } };
}

function readerOf(language: Language, count: number): Reader {
  const contact = (contactId: string, name: string) =>
    contactSchema.parse({
      contactId,
      ocn: GRANT.ocn,
      name,
      email: `${contactId.toLowerCase()}@acme.example`,
      language,
      timeZone: 'Europe/Berlin',
      roles: ['billing', 'maintenance'],
    });
  const accounts = Array.from({ length: count }, (_, n) =>
    billingAccountSchema.parse({
      bcn: `B471${n + 1}`,
      ocn: GRANT.ocn,
      name: n === 0 ? 'Donaudampfschifffahrtsgesellschaft & Söhne mbH' : `Acme GmbH, Werk ${n + 1}`,
      address: { street: 'Beispielstraße 12', postalCode: '10115', city: 'Berlin', country: 'DE' },
      currency: 'EUR',
      language,
      paymentTerms: { days: 30 },
      activeFrom: '2020-01-01',
      delivery: { attach: true, post: false },
    }),
  );
  return {
    contact: contact('C1', 'Anna Beispiel'),
    colleagues: [contact('C2', 'Bernd Muster'), contact('C3', '<b>Cleo</b> "Q" & Co')],
    customer: customerSchema.parse({ ocn: GRANT.ocn, name: 'Acme GmbH', legalEntityId: 'NL-DE', country: 'DE', language: 'de' }),
    legalEntity: SELLER,
    accounts,
    billed: new Set(accounts.map(({ bcn }) => bcn)),
    isToldOfWorks: true,
    preference: (bcn) => preferenceFrom([], 0, bcn),
    language,
  };
}
