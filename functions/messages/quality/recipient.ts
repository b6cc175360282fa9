import { addressKey } from '../../directory/address-key.ts';
import { clearsDiary } from '../message.ts';
import type { Rules } from './candidate.ts';
import { addressIn } from './headers.ts';

/** Who gets an email, and how often. */
export const RECIPIENT: Rules = {
  'its reader is a contact of the customer': ({ message, contact, today }) => {
    // The CANCEL follows who left, and so does the answer to what they proposed.
    if (clearsDiary(message) || message.kind === 'works-answer') return [];
    const { ocn, activeTo } = contact;
    const isOther = ocn !== undefined && ocn !== message.ocn;
    return [
      ...(isOther ? ['a contact of another customer'] : []),
      ...(activeTo !== undefined && today > activeTo ? [`a contact until ${activeTo}`] : []),
    ];
  },
  "it goes to the reader's address and nowhere else": ({ headers, contact, to }) => [
    ...(addressKey(contact.email) === addressKey(to) ? [] : ["the envelope has another address than the contact's"]),
    ...(addressKey(addressIn(headers.get('to') ?? '')) === addressKey(to) ? [] : ['the header has another address than the envelope']),
    ...['cc', 'bcc'].filter((name) => headers.has(name)).map((name) => `there is a ${name}`),
  ],
  'this address was not told the very same within 24 hours': ({ repeats }) => (repeats === undefined ? [] : [`message ${repeats}`]),
};
