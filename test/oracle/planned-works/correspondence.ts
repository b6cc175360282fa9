import type { DiaryEvent, WorksMail } from './works-mail.ts';

/*
 * What must hold between the emails of an invitation, whatever happened to the works.
 */

type Told = WorksMail & { readonly event: DiaryEvent };

/** A SEQUENCE never has other content: time, status, circuits, whoever it is sent to. */
export function contentFaults(mails: readonly WorksMail[]): string[] {
  const first = new Map<string, { readonly file: string; readonly content: string }>();
  return invitations(mails).flatMap(({ file, event }) => {
    const key = `${event.uid} SEQUENCE ${event.sequence}`;
    const content = JSON.stringify([event.start, event.end, event.status, event.noteStatus, event.objects]);
    const known = first.get(key);
    if (!known) first.set(key, { file, content });
    return known && known.content !== content ? [`${key} says ${known.content} in ${known.file}, ${content} in ${file}`] : [];
  });
}

/** An invitation keeps its account and maintenance id for ever. */
export function nameFaults(mails: readonly WorksMail[]): string[] {
  return [...Map.groupBy(invitations(mails), ({ event }) => event.uid)].flatMap(([uid, told]) => {
    const names = new Set(told.map(({ event }) => `${event.maintenanceId} of ${event.account}`));
    return names.size > 1 ? [`${uid} is ${[...names].join(' and ')}`] : [];
  });
}

/**
 * What each mailbox hears of a UID: DTSTAMP newer each time (what only a program reads may follow a CANCEL within the second),
 * SEQUENCE never lower, and higher after a CANCEL.
 */
export function orderFaults(mails: readonly WorksMail[]): string[] {
  return eachPair(mails, ({ event: before }, { event: after }) => [
    ...(after.stamp > before.stamp || (after.stamp === before.stamp && after.method === undefined && before.method === 'CANCEL')
      ? []
      : ['DTSTAMP is not newer than in the one before']),
    ...(after.sequence >= before.sequence ? [] : ['SEQUENCE is lower than in the one before']),
    ...(before.method === 'CANCEL' && after.sequence <= before.sequence ? ['SEQUENCE is not above the CANCEL’s'] : []),
  ]);
}

/** From the second message of an invitation on, References points to its first: what threads in a mailbox. */
export function threadFaults(mails: readonly WorksMail[]): string[] {
  return [...threads(mails).values()].flatMap(([first, ...later]) =>
    later
      .filter(({ references }) => !references.includes(first?.messageId ?? ''))
      .map(
        ({ file, references }) => `${file}: References is ${references.join(' ') || 'missing'}, ${first?.messageId} is the first message's`,
      ),
  );
}

/** Nobody hears the same twice, and nobody is asked to cross out what was never in the diary. */
export function needlessFaults(mails: readonly WorksMail[]): string[] {
  const idle = [...threads(mails).values()].flatMap(([first]) =>
    first?.event.method === 'CANCEL' ? [`${first.file}: a CANCEL is the first that ${first.to} hears of ${first.event.uid}`] : [],
  );
  const doubled = eachPair(mails, (before, after) => [
    ...(after.event.sequence === before.event.sequence && after.event.method === before.event.method ? ['says the same again'] : []),
    ...(after.event.method === 'CANCEL' && before.event.method === 'CANCEL' ? ['a second CANCEL in a row'] : []),
  ]);
  return [...idle, ...doubled];
}

/** Nobody sees another contact's address. */
export function privacyFaults(mails: readonly WorksMail[], addresses: readonly string[]): string[] {
  const known = new Set(addresses);
  return mails.flatMap(({ file, to, subject, text, html, calendar = '', attachments }) => {
    const unfolded = calendar.replaceAll(/\r\n[ \t]/g, '');
    const said = [subject, text, html, unfolded, ...attachments.map(({ content }) => content)].join('\n').toLowerCase();
    const shown = new Set(said.match(/[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+[a-z0-9]/g));
    return [...shown].filter((address) => address !== to && known.has(address)).map((address) => `${file} to ${to} shows ${address}`);
  });
}

/** Emails that say something about an invitation; an answer to a counter-proposal does not. */
function invitations(mails: readonly WorksMail[]): Told[] {
  return mails.filter((mail): mail is Told => mail.event !== undefined && mail.event.method !== 'DECLINECOUNTER');
}

function threads(mails: readonly WorksMail[]): Map<string, Told[]> {
  return Map.groupBy(invitations(mails), ({ to, event }) => `${event.uid} to ${to}`);
}

function eachPair(mails: readonly WorksMail[], judge: (before: Told, after: Told) => string[]): string[] {
  return [...threads(mails)].flatMap(([thread, told]) =>
    told.slice(1).flatMap((after, place) => judge(told[place] as Told, after).map((fault) => `${after.file} (${thread}): ${fault}`)),
  );
}
