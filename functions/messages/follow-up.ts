import { count, logger } from '../aws/log.ts';
import { queryPage } from '../aws/tables.ts';
import { OPTIONAL } from '../preferences/categories.ts';
import { setPreference } from '../preferences/preferences.ts';
import { suppress } from '../preferences/suppression.ts';
import { isOwed, type Message } from './message.ts';
import type { SesReport } from './ses-event.ts';
import { getMessage, type Step, step } from './store.ts';

/**
 * Takes what SES tells: the message moves forward (never back, however late or often the event comes), bounced and complaining addresses
 * are suppressed.
 */
export async function followUp(report: SesReport, now: Date): Promise<void> {
  const messageId = report.messageId ?? (await messageIdOfSes(report.sesMessageId));
  const message = messageId === undefined ? undefined : await getMessage(messageId);
  if (!message) return logger.warn('An SES event is about no message of ours', { sesMessageId: report.sesMessageId });
  // Suppression first: should this be cut short, the event comes again and finds the state still behind.
  await suppressAll(message, report, now);
  const decide = (current: Message): Step | undefined => {
    if (report.claim !== undefined && !current.claims.includes(report.claim)) return undefined;
    const set = { sesMessageId: current.sesMessageId ?? report.sesMessageId };
    return { trigger: report.evidence, cause: `SES ${report.evidence}`, reason: report.reason, set };
  };
  const moved = await step(message.messageId, now, decide, message);
  if (moved?.state === 'bounced' && isOwed(moved)) count('NotDelivered', 1, { kind: moved.kind });
}

async function suppressAll({ messageId, ocn, contactId }: Message, { suppress: wanted }: SesReport, now: Date): Promise<void> {
  if (!wanted) return;
  const at = now.toISOString();
  for (const address of wanted.addresses) await suppress(address, { reason: wanted.reason, at, messageId });
  if (wanted.reason !== 'complaint') return;
  for (const category of OPTIONAL) {
    const decided = { changeId: `${messageId}-${category}`, at, by: 'SES', how: 'complaint' };
    await setPreference(ocn, contactId, { name: 'category', bcn: '*', category, value: 'off' }, decided);
  }
}

/** Finds a message by SES's own id, when the tags did not come back. */
async function messageIdOfSes(sesMessageId: string): Promise<string | undefined> {
  const { items } = await queryPage<Message>('messages', { pk: `SES#${sesMessageId}`, index: 'bySesId' });
  return items[0]?.messageId;
}
