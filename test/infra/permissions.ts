import { BILLING } from './permissions/billing.ts';
import { CONSOLE_PAGES } from './permissions/console.ts';
import { EVERY_FUNCTION } from './permissions/every-function.ts';
import { MAIL_AND_PAGES } from './permissions/mail-and-pages.ts';
import type { Permission } from './permissions/who.ts';

/** `(own)` is the queue that the function works on, `(own dead letters)` where it puts what it gives up. */
export const PERMISSIONS: readonly Permission[] = [...EVERY_FUNCTION, ...BILLING, ...MAIL_AND_PAGES, ...CONSOLE_PAGES];
