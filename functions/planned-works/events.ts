import * as z from 'zod';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'an id of letters, digits, dots, dashes is expected');
const cause = z.string().min(1).max(2000);

/** `works.reconsider`: who is affected by a works may have changed. */
export const worksReconsider = z.object({ worksId: id, cause });

/** `works.customer.tell`: decide what a customer is told of a works now. */
export const customerTell = z.object({ worksId: id, ocn: id, cause });

export const RECONSIDER = 'works.reconsider';
export const TELL = 'works.customer.tell';
