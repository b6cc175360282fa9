/** Who, what, the actions, and why nothing less would do. One row covers several functions that need the same for the same reason. */
export type Permission = readonly [who: string, what: string, actions: string, reason: string];

export const WORKERS =
  'intake, billing, prepare, number, render, ledger, deliver, print, first-invoices, send-emergency, send-works, send-invoices, send-other, ses-events, works, works-tell, works-replies, unsubscribe-mails';
export const SENDERS = 'send-emergency, send-works, send-invoices, send-other';
export const SETTLERS = 'billing, calendar-day, billing-sweep';
export const CONSOLE = 'console, console-acts, console-sign-in, console-authorizer';
