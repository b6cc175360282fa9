import { writeFileSync } from 'node:fs';
import type { WorksMail } from '../../oracle/planned-works/works-mail.ts';

/** How a customer's program answers an invitation (RFC 5546, 3.2.3 and 3.2.7). */
export interface Answer {
  readonly method?: 'REPLY' | 'COUNTER';
  readonly participation?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
  /** Who answers for whom; else the invited mailbox for itself. */
  readonly from?: string;
  readonly attendee?: string;
  readonly sequence?: number;
  /** Some programs leave the organizer out. */
  readonly organizer?: false;
  /** What the receiving server found out about the sender. */
  readonly dmarc?: 'pass' | 'fail';
  /** Another time, asked for by a COUNTER; in UTC as iCalendar writes it. */
  readonly start?: string;
  readonly end?: string;
  readonly sentAt: string;
}

/** Writes the answer to an invitation as it would arrive, and answers where it lies. */
export function writeAnswer(file: string, { event, from: organizer, to }: WorksMail, answer: Answer): string {
  if (!event) throw new Error('there is no invitation to answer');
  const { method = 'REPLY', from = to, attendee = to, participation = 'ACCEPTED', sentAt } = answer;
  const calendar = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Customer//Mail 1.0//EN',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${answer.sequence ?? event.sequence}`,
    `DTSTAMP:${compact(new Date(sentAt))}`,
    `DTSTART:${answer.start ?? compact(new Date(event.start ?? 0))}`,
    `DTEND:${answer.end ?? compact(new Date(event.end ?? 0))}`,
    ...(answer.organizer === false ? [] : [`ORGANIZER:mailto:${organizer}`]),
    `ATTENDEE;PARTSTAT=${participation}:mailto:${attendee}`,
    `SUMMARY:${participation}: planned works`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const domain = from.split('@')[1];
  const verdict = `spf=pass smtp.mailfrom=${domain}; dkim=pass header.i=@${domain}; dmarc=${answer.dmarc} header.from=${domain};`;
  const email = [
    ...(answer.dmarc ? [`Authentication-Results: amazonses.com; ${verdict}`] : []),
    `From: ${from}`,
    `To: ${organizer}`,
    `Subject: ${participation}: planned works`,
    `Date: ${new Date(sentAt).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${attendee}-${participation}-${Date.parse(sentAt)}@${domain}>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="answer"',
    '',
    '--answer',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `${participation}`,
    '--answer',
    `Content-Type: text/calendar; charset=utf-8; method=${method}`,
    'Content-Transfer-Encoding: 7bit',
    '',
    ...calendar.map(folded),
    '--answer--',
    '',
  ];
  writeFileSync(file, email.join('\r\n'));
  return file;
}

function compact(instant: Date): string {
  return instant.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** All of it is ASCII. */
function folded(line: string): string {
  return line.replaceAll(/(?<=^.{74})(?=.)|(?<=^.{74}(?:.{73})+)(?=.)/g, '\r\n ');
}
