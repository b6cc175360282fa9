import { join } from 'node:path';
import { expect } from 'vitest';
import { type Answer, writeAnswer } from '../answer-mail.ts';
import { circuit, contact, customer } from '../carrier-records.ts';
import { FIRST, FOURTH, heard, methods, type Scenario, SECOND, type Stage, statusAs, THIRD, type WorksStatus } from '../scenario.ts';
import { hit, MOVED_NIGHT, published } from '../works-events.ts';

const EVERYBODY = ['yes', 'no', 'perhaps', 'bare', 'forged', 'spoofed', 'deputy', 'silent'];

const answers: Scenario = {
  title: 'the customer answers: accepted, declined and tentative are seen; what is not proven to come from the invited does not count',
  directory: customer('replies', {
    contacts: [...EVERYBODY.map((who) => contact('replies', who)), contact('replies', 'boss', { roles: ['billing'] })],
    services: [circuit('replies', 1)],
  }),
  steps: [
    { at: FIRST, publish: [published('CRQ-replies', 0, { services: [hit('replies/1')] })] },
    {
      at: SECOND,
      act: async (stage) => {
        await arrives(stage, 'replies', 'yes', { participation: 'ACCEPTED', dmarc: 'pass' });
        await arrives(stage, 'replies', 'no', { participation: 'DECLINED', dmarc: 'pass' });
        await arrives(stage, 'replies', 'perhaps', { participation: 'TENTATIVE' });
        await arrives(stage, 'replies', 'bare', { participation: 'ACCEPTED', organizer: false, dmarc: 'pass' });
        await arrives(stage, 'replies', 'forged', { participation: 'DECLINED', dmarc: 'fail' });
        await arrives(stage, 'replies', 'spoofed', { participation: 'DECLINED', from: 'mallory@elsewhere.example', dmarc: 'pass' });
        await arrives(stage, 'replies', 'deputy', { participation: 'ACCEPTED', from: 'boss@replies.example', dmarc: 'pass' });
      },
    },
    { at: THIRD, act: statusAs('status', 'CRQ-replies') },
  ],
  check: (seen) => {
    const status = seen.kept<WorksStatus>('status');
    expect(answersOf(status)).toMatchObject({
      'yes@replies.example': 'accepted',
      'no@replies.example': 'declined',
      'perhaps@replies.example': 'tentative',
      'bare@replies.example': 'accepted',
      'forged@replies.example': null,
      'spoofed@replies.example': null,
      'silent@replies.example': null,
    });
    const tickets = status.tickets.filter(({ ocn }) => ocn === 'replies');
    expect(
      tickets.some(({ address }) => address === 'no@replies.example'),
      'a ticket for who declined',
    ).toBe(true);
    expect(tickets.some(({ address, reason }) => address === 'forged@replies.example' || /forged@replies\.example/.test(reason))).toBe(
      true,
    );
    expect(tickets.some(({ address }) => address === 'yes@replies.example')).toBe(false);
    expect(JSON.stringify(status), 'an answer from another address of the customer is shown as such').toContain('boss@replies.example');
    expect(status.status).toBe('confirmed');
    for (const who of EVERYBODY) expect(heard(seen.to(`${who}@replies.example`))).toEqual(['REQUEST 0']);
  },
};

const stale: Scenario = {
  title: 'an answer to an older SEQUENCE is ignored, one to the current SEQUENCE counts',
  directory: customer('stale', { contacts: [contact('stale', 'noc')], services: [circuit('stale', 1)] }),
  steps: [
    { at: FIRST, publish: [published('CRQ-stale', 0, { services: [hit('stale/1')] })] },
    { at: SECOND, publish: [published('CRQ-stale', 1, { windows: [MOVED_NIGHT], services: [hit('stale/1')] })] },
    {
      at: THIRD,
      act: async (stage) => {
        await arrives(stage, 'stale', 'noc', { participation: 'ACCEPTED', sequence: 0, dmarc: 'pass' });
        await statusAs('ignored', 'CRQ-stale')(stage);
        await arrives(stage, 'stale', 'noc', { participation: 'DECLINED', dmarc: 'pass' });
        await statusAs('taken', 'CRQ-stale')(stage);
      },
    },
  ],
  check: (seen) => {
    expect(answersOf(seen.kept('ignored'))).toEqual({ 'noc@stale.example': null });
    expect(answersOf(seen.kept('taken'))).toEqual({ 'noc@stale.example': 'declined' });
    expect(methods(seen.mails)).toEqual(['REQUEST', 'REQUEST']);
  },
};

const counter: Scenario = {
  title: 'another time is asked for: DECLINECOUNTER and a ticket, the works stay as they are',
  directory: customer('counter', { contacts: [contact('counter', 'noc'), contact('counter', 'ana')], services: [circuit('counter', 1)] }),
  steps: [
    { at: FIRST, publish: [published('CRQ-counter', 0, { services: [hit('counter/1')] })] },
    {
      at: SECOND,
      act: (stage) =>
        arrives(stage, 'counter', 'noc', {
          method: 'COUNTER',
          participation: 'TENTATIVE',
          dmarc: 'pass',
          start: '20261214T230000Z',
          end: '20261215T030000Z',
        }),
    },
    { at: FOURTH, act: statusAs('status', 'CRQ-counter') },
  ],
  check: (seen) => {
    const noc = seen.to('noc@counter.example');
    expect(methods(noc)).toEqual(['REQUEST', 'DECLINECOUNTER']);
    expect(noc[1]?.event?.uid).toBe(noc[0]?.event?.uid);
    expect(noc[1]?.event?.sequence).toBe(noc[0]?.event?.sequence);
    expect(seen.diary('noc@counter.example')).toMatchObject([{ start: noc[0]?.event?.start }]);
    expect(heard(seen.to('ana@counter.example'))).toEqual(['REQUEST 0']);
    const { tickets, status } = seen.kept<WorksStatus>('status');
    expect(status).toBe('confirmed');
    expect(tickets).toMatchObject([{ ocn: 'counter', address: 'noc@counter.example' }]);
  },
};

export const ANSWERS: readonly Scenario[] = [answers, stale, counter];

/** The answer to the last invitation of somebody arrives at the works mailbox. */
async function arrives({ cloud, folder, mails }: Stage, ocn: string, who: string, answer: Omit<Answer, 'sentAt'>): Promise<void> {
  const invitation = (await mails()).findLast(({ to }) => to === `${who}@${ocn}.example`);
  if (!invitation) throw new Error(`${who}@${ocn}.example was not invited`);
  const file = join(folder, `${who}-${answer.sequence ?? 'current'}.eml`);
  await cloud.must('works', 'reply', writeAnswer(file, invitation, { ...answer, sentAt: SECOND }));
}

function answersOf({ invitations }: WorksStatus): Record<string, string | null> {
  return Object.fromEntries(invitations.flatMap(({ recipients }) => recipients.map(({ address, answer }) => [address, answer])));
}
