import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeEach } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { setting } from '../../../functions/aws/environment.ts';
import { secret } from '../../../functions/aws/secrets.ts';
import { putItem } from '../../../functions/aws/tables.ts';
import { accountKey, contactKey } from '../../../functions/directory/keys.ts';
import { billingAccountSchema, type Contact } from '../../../functions/directory/records.ts';
import { preferencesUrl, unsubscribeToken } from '../../../functions/messages/links.ts';
import { preferenceHistory } from '../../../functions/preferences/preferences.ts';
import { handler } from '../../../functions/self-service/self-service.handler.ts';
import { parseTokenKeys } from '../../../functions/tokens/token-keys.ts';
import { contextOf, setClock, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from '../messages/directory-of.ts';

export const OCN = '100234';
export const NOW = '2026-11-02T09:00:00Z';
export const FORM = 'application/x-www-form-urlencoded';

/** The contact of the test that runs: billing and maintenance, two accounts. */
export let anna: Contact;

/** Gives a test file a cloud of its own, and each test a contact of its own. */
export function useReader(): void {
  useCloud();
  beforeEach(async () => {
    setClock(NOW);
    const id = randomUUID().slice(0, 8);
    anna = contactOf({ contactId: `C-${id}`, email: `anna-${id}@acme.example`, roles: ['billing', 'maintenance'] });
    await putDirectory(anna);
    const account = billingAccountSchema.parse({
      bcn: 'B4712',
      ocn: OCN,
      name: 'Acme GmbH, Werk Nord',
      address: { street: 'Beispielstraße 14', postalCode: '10115', city: 'Berlin', country: 'DE' },
      currency: 'EUR',
      language: 'de',
      paymentTerms: { days: 30 },
      activeFrom: '2020-01-01',
      delivery: { attach: true, post: false },
    });
    await putItem('directory', { ...accountKey('B4712'), record: account });
    for (const bcn of ['B4711', 'B4712']) await putItem('directory', { pk: `CUSTOMER#${OCN}`, sk: `ACCOUNT#${bcn}` });
  });
}

export const keys = async () => parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());

/** The contact of the test changes in the directory. */
export async function change(changes: object): Promise<void> {
  await putItem('directory', { ...contactKey(OCN, anna.contactId), record: contactOf({ ...anna, ...changes }) });
}

/** The token of a way out. */
export async function wayOut(category: 'documents' | 'other-works' | 'invoices' = 'documents', bcn = 'B4711'): Promise<string> {
  return unsubscribeToken({ ocn: OCN, contactId: anna.contactId, bcn, category }, await keys());
}

/** The token of a link to the settings. */
export async function settingsToken(on = '2026-11-02', contactId = anna.contactId): Promise<string> {
  return preferencesUrl('', { ocn: OCN, contactId, on }, await keys()).slice('/p/'.length);
}

interface Sent {
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly contentType?: string;
  /** As API Gateway does with everything but text. */
  readonly base64?: boolean;
}

/** Asks the pages as API Gateway does (payload 2.0). */
export async function ask(
  parameters: { leave?: string; settings?: string },
  { method = 'POST', body, contentType = FORM, base64 = true }: Sent = {},
) {
  const bytes = Buffer.from(body ?? '');
  const event = {
    version: '2.0',
    pathParameters: parameters,
    headers: body === undefined ? {} : { 'content-type': contentType },
    requestContext: { http: { method } },
    ...(body === undefined ? {} : { body: bytes.toString(base64 ? 'base64' : 'utf8') }),
    isBase64Encoded: body !== undefined && base64,
  };
  return handler(event as unknown as APIGatewayProxyEventV2, contextOf('self-service'));
}

export const get = (parameters: { leave?: string; settings?: string }) => ask(parameters, { method: 'GET' });
export const ONE_CLICK = 'List-Unsubscribe=One-Click';

/** What was decided, oldest first: `category#documents#B4711 off by one-click`. */
export async function decisions(): Promise<string[]> {
  return (await preferenceHistory(OCN, anna.contactId)).map(({ setting: name, value, how }) => `${name} ${value} by ${how}`);
}

/**
 * The fields of a form of settings that a page shows, as a browser would send them back unchanged.
 * @param which counted from 0; negative: from the end
 */
export function shownForm(page: string, which = -1): URLSearchParams {
  const forms = page.split('<form method="post">').slice(1);
  const form = forms.filter((each) => each.includes(' name="was.')).at(which) ?? '';
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<(?:input|select)[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1] ?? '';
    const isOff = /type="(?:checkbox|radio)"/.test(tag) && !tag.includes(' checked');
    if (tag.startsWith('<input') && !isOff) fields.set(name, /value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  for (const [, name = '', options = ''] of form.matchAll(/<select id="[^"]*" name="([^"]*)">([\s\S]*?)<\/select>/g))
    fields.set(name, /value="([^"]*)" selected/.exec(options)?.[1] ?? '');
  return fields;
}
