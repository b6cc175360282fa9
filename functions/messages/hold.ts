import { gunzipSync, gzipSync } from 'node:zlib';
import { version as templates } from '../../build/templates/templates.mjs';
import { count } from '../aws/log.ts';
import { getItem, type Item, type Key, removeItem, type Write } from '../aws/tables.ts';
import type { Unfit } from './make-ready.ts';
import type { Message } from './message.ts';
import { sentenceOf } from './quality/check.ts';
import { type Step, stepTogether } from './store.ts';

// HELD / <templates' version>#<message id>#<message version>: one line for each time that a message is held, until it is let go.
// MESSAGE#<id> / PREVIEW: what was checked when it was held last, packed.

/** One partition for all: lines are written no faster than SES takes emails, which is less than what a partition takes. */
export const HELD = 'HELD';
const KEEP_DAYS = 90;
const MAX_PART = 500_000;
const MAX_PACKED = 350_000;

/** What a person looks at before deciding about a held message. */
export interface Preview {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly calendar?: string | undefined;
  /** Names of what goes along. */
  readonly files: readonly string[];
  readonly from: string;
  readonly replyTo: string;
  readonly language: string;
  /** Hash of what it says: a release is bound to it. */
  readonly content: string;
  readonly at: string;
}

/** A line of the list of held messages. */
export interface HeldLine extends Key {
  readonly messageId: string;
}

/**
 * Holds a message for a person: state, reasons, preview and the line of the list change together.
 * @param trigger `hold` when a check found something, `refuse` when SES did
 * @param may whether the message is still the one that was looked at
 */
export async function holdMessage(
  message: Message,
  { trigger, cause, may }: { trigger: 'hold' | 'refuse'; cause: string; may?: (current: Message) => boolean },
  { problems, composed }: Unfit,
  now: Date,
): Promise<void> {
  const reason = trigger === 'hold' ? problems.map(sentenceOf).join('; ') : problems.flatMap(({ found }) => found).join('; ');
  const held = await stepTogether(
    message.messageId,
    now,
    (current) => {
      if (may && !may(current)) return undefined;
      const line = lineOf(current);
      const rules = problems.map(({ rule }) => rule);
      const step: Step = {
        trigger,
        cause,
        reason,
        set: { held: { rules, content: composed?.content, line: line.sk }, released: undefined },
      };
      return { step, writes: [{ put: { ...line }, table: 'messages' }, ...previewWrite(current.messageId, composed, now)] };
    },
    message,
  );
  if (held) count('MessageHeld', 1, { kind: message.kind });
}

/** What was checked when a message was held last; undefined when it could not be composed, or is long ago. */
export async function previewOf(messageId: string): Promise<Preview | undefined> {
  const item = await getItem<{ packed: Uint8Array }>('messages', previewKey(messageId));
  return item && (JSON.parse(gunzipSync(item.packed).toString()) as Preview);
}

/** What was shown of a held message goes with the person that it was for. */
export async function forgetPreview(messageId: string): Promise<void> {
  await removeItem('messages', previewKey(messageId));
}

function lineOf({ messageId, version }: Message): HeldLine & Item {
  return { pk: HELD, sk: `${templates}#${messageId}#${version + 1}`, messageId };
}

function previewWrite(messageId: string, composed: Unfit['composed'], now: Date): Write[] {
  if (!composed) return [{ remove: previewKey(messageId), table: 'messages' }];
  const expiresAt = Math.floor(now.getTime() / 1000) + KEEP_DAYS * 86_400;
  return [{ put: { ...previewKey(messageId), packed: packed(composed, now), expiresAt }, table: 'messages' }];
}

/** An email that is held for being too large is shown as far as there is room. */
function packed({ mail, envelope, content }: NonNullable<Unfit['composed']>, now: Date): Uint8Array {
  const preview = (room: number): Preview => ({
    subject: mail.subject.slice(0, room),
    html: mail.html.slice(0, room),
    text: mail.text.slice(0, room),
    calendar: mail.calendar?.content.slice(0, room),
    files: [...mail.attachments, ...mail.files].map(({ filename }) => filename),
    from: envelope.from,
    replyTo: envelope.replyTo.email,
    language: mail.language,
    content,
    at: now.toISOString(),
  });
  const whole = gzipSync(JSON.stringify(preview(MAX_PART)));
  return whole.length <= MAX_PACKED ? whole : gzipSync(JSON.stringify(preview(MAX_PART / 10)));
}

function previewKey(messageId: string): Key {
  return { pk: `MESSAGE#${messageId}`, sk: 'PREVIEW' };
}
