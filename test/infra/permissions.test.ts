import { describe, expect, test } from 'vitest';
import { deadLetterNameOf } from '../../functions/aws/resources.ts';
import { resourcesOfType } from './assembly.ts';
import { PERMISSIONS } from './permissions.ts';
import { grantsOf } from './role.ts';

const STAGE = 'production';

/** Where a function's queue does not have its name. */
const QUEUE_OF: Readonly<Record<string, string>> = {
  number: 'numbering.fifo',
  ledger: 'ledger.fifo',
  'first-invoices': 'first-invoices.fifo',
  'send-emergency': 'mail-emergency',
  'send-works': 'mail-works',
  'send-invoices': 'mail-invoices',
  'send-other': 'mail-other',
  works: 'planned-works.fifo',
  'works-tell': 'works-customers.fifo',
};
const SCHEDULED = ['calendar-day', 'billing-sweep', 'first-invoice-sweep', 'mail-sweep', 'works-sweep'];

const wanted = PERMISSIONS.flatMap(([who, what, actions]) => who.split(', ').map((name) => `${name}: ${actions} on ${ownOf(name, what)}`));
const granted = grantsOf(STAGE).map(({ who, actions, what }) => `${who}: ${actions} on ${what}`);

describe('what the roles allow', () => {
  test('is in the table of permissions, with a reason', () => {
    expect(granted.filter((grant) => !wanted.includes(grant))).toEqual([]);
  });

  test('is all that the table of permissions asks for', () => {
    expect(wanted.filter((want) => !granted.includes(want))).toEqual([]);
  });

  test('is asked for once', () => {
    expect(wanted.filter((want, index) => wanted.indexOf(want) !== index)).toEqual([]);
  });

  test('has no wildcard but at the end of a key prefix of one bucket', () => {
    const wild = grantsOf(STAGE).filter(({ actions, what }) => actions.includes('*') || what.includes('*'));
    expect(wild.filter(({ actions, what }) => actions.includes('*') || !/^bucket [a-z]+\/([a-z-]+\/)?\*$/.test(what))).toEqual([]);
  });

  test("of the table of errors is each message's own line only", () => {
    const conditions = grantsOf(STAGE)
      .filter(({ what }) => what === 'table failures')
      .map(({ condition }) => condition);
    expect(new Set(conditions)).toEqual(
      new Set([
        JSON.stringify({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MESSAGE#*'] }, Null: { 'dynamodb:LeadingKeys': 'false' } }),
      ]),
    );
  });

  test('of the audit trail is to add to it: no function changes or removes what stands there', () => {
    const actions = grantsOf(STAGE).flatMap(({ what, actions }) => (what.startsWith('table audit') ? actions.split(' ') : []));
    expect(actions).toContain('dynamodb:PutItem');
    expect(actions.filter((action) => !['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:GetItem'].includes(action))).toEqual([]);
  });

  test("of SES is to write as one of the stage's two senders", () => {
    const conditions = grantsOf(STAGE)
      .filter(({ actions }) => actions === 'ses:SendRawEmail')
      .map(({ condition }) => condition);
    expect(new Set(conditions)).toEqual(
      new Set([
        JSON.stringify({ StringEquals: { 'ses:FromAddress': ['billing@mail.carrier.example', 'planned-works@mail.carrier.example'] } }),
      ]),
    );
  });
});

test('no role has a policy of AWS, or one that is written into the role', () => {
  for (const { properties } of resourcesOfType(STAGE, 'AWS::IAM::Role')) {
    expect(properties.ManagedPolicyArns).toBeUndefined();
    expect(properties.Policies).toBeUndefined();
  }
});

test('schedules call with a role that only their own group may take', () => {
  const roles = resourcesOfType(STAGE, 'AWS::IAM::Role').filter(({ properties }) =>
    JSON.stringify(properties).includes('scheduler.amazonaws.com'),
  );
  expect(roles).toHaveLength(SCHEDULED.length);
  for (const { properties } of roles)
    expect(JSON.stringify(properties)).toMatch(/"aws:SourceArn":"arn:aws:scheduler:[^"*]+:schedule-group\/carrierpost-production-/);
});

/** Puts the function's own name, queue or dead-letter queue in the place of `(own)`. */
function ownOf(who: string, what: string): string {
  const name = who.replace(' schedules', '');
  const queue = QUEUE_OF[name] ?? name;
  const deadLetters = SCHEDULED.includes(name) ? `${name}-schedules-dlq` : deadLetterNameOf(queue);
  return what.replace('queue (own dead letters)', `queue ${deadLetters}`).replace('queue (own)', `queue ${queue}`).replace('(own)', name);
}
