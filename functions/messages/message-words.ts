import { type HistoryLine, isAboutDocuments, type Message, type MessageKind } from './message.ts';
import type { MessageState } from './states.ts';

/** A message's state, as the billing team reads it. */
export const STATE_WORDS: Readonly<Record<MessageState, string>> = {
  queued: 'waits in the queue',
  deferred: 'put off',
  held: 'held for a person',
  claimed: 'being sent',
  unknown: 'in doubt',
  skipped: 'not sent',
  submitted: 'sent',
  delayed: 'sent, delayed',
  delivered: 'delivered',
  bounced: 'came back',
  complained: 'delivered, called spam',
};

/** What happened to a message, as a line of its history says it. */
export const TRIGGER_WORDS: Readonly<Record<HistoryLine['trigger'], string>> = {
  enqueue: 'written',
  claim: 'taken to be sent',
  hold: 'held by a check',
  skip: 'not sent',
  defer: 'put off',
  release: 'let go',
  'give-back': 'given back to the queue',
  accept: 'taken by SES',
  refuse: 'refused by SES',
  doubt: 'no answer from SES',
  'try-again': 'tried once more',
  drop: 'dropped by a person',
  sent: 'sent by SES',
  delay: 'delayed by the reader’s mail server',
  delivery: 'taken by the reader’s mail server',
  bounce: 'came back',
  complaint: 'called spam by its reader',
  reject: 'rejected by SES',
};

const KIND_WORDS: Readonly<Record<MessageKind, string>> = {
  invoice: 'invoice',
  'documents-ready': 'documents by link',
  works: 'planned works',
  'works-emergency': 'emergency works',
  'works-reminder': 'reminder of works',
  'works-answer': 'answer about works',
  'first-invoice-review': 'first invoice to check',
  'first-invoice-query-received': 'query received',
  'settings-link': 'link to the settings',
};

/** What a message is about: `invoice DE26000001`, `documents by link, 2026-10`. */
export function aboutWords(message: Message): string {
  const kind = KIND_WORDS[message.kind];
  if (!isAboutDocuments(message)) return kind;
  const { number, period } = message.facts;
  return number === undefined ? `${kind}, ${period}` : `${kind} ${number}`;
}

/** When a message came into the state that it is in: an instant. */
export function inStateSince({ state, history, queuedAt }: Message): string {
  return history.findLast((line) => line.state === state)?.at ?? queuedAt;
}
