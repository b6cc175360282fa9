import { expression } from '../aws/expression.ts';
import { getItem, putItem, updateItem } from '../aws/tables.ts';
import { contactKey } from './keys.ts';
import type { Contact } from './records.ts';

/** Who erased a contact, and why. */
interface Erasure {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** A contact's place in the table, also when it was erased. While its traces elsewhere are still being removed, `traces` tells what to look for. */
interface Place {
  readonly record?: Contact;
  readonly at: string;
  readonly version: string;
  readonly sha256: string;
  readonly erased?: Erasure & { readonly traces?: string };
}

/** A contact's record with the instant of its last change, for who asks what is known of it. */
export async function contactRecord(ocn: string, contactId: string): Promise<{ record: Contact; at: string } | undefined> {
  const item = await getItem<Place>('directory', contactKey(ocn, contactId));
  return item?.record && { record: item.record, at: item.at };
}

/**
 * Takes a contact out of the directory. Its place remembers that it was erased: an import that says what was known, or says anything about
 * the time before, does not bring it back; a carrier who says something new of it later does.
 * @returns the address that its traces elsewhere are found by; undefined when the directory never knew it, or nothing is left to do
 */
export async function eraseContact(
  ocn: string,
  contactId: string,
  { by, reason }: Omit<Erasure, 'at'>,
  now: Date,
): Promise<string | undefined> {
  const key = contactKey(ocn, contactId);
  for (;;) {
    const known = await getItem<Place>('directory', key);
    if (!known?.record) return known?.erased?.traces;
    const traces = known.record.email;
    const at = known.at > now.toISOString() ? known.at : now.toISOString();
    const erased = { by, reason, at: now.toISOString(), traces };
    // Any line of an import that is not younger than this sorts below `~`.
    const item = { ...key, at, version: `${at}#~`, written: 'changed', sha256: known.sha256, erased };
    if (await putItem('directory', item, expression`#version = ${known.version}`)) return traces;
  }
}

/** Everything else of the contact is gone: nothing has to be looked for any more. */
export async function forgetTraces(ocn: string, contactId: string): Promise<void> {
  const isErased = expression`attribute_exists(#erased)`;
  await updateItem('directory', contactKey(ocn, contactId), expression`REMOVE #erased.#traces`, isErased);
}
