import type { Permission } from './who.ts';

/** The billing team's console. Its pages may write nothing, and know nothing of sessions; the authorizer knows nothing else. */
export const CONSOLE_PAGES: readonly Permission[] = [
  [
    'console-authorizer',
    'table console',
    'dynamodb:GetItem dynamodb:UpdateItem',
    'finds the session of a cookie, and notes that its person is there',
  ],
  ['console-sign-in', 'table console', 'dynamodb:DeleteItem dynamodb:PutItem', 'begins and ends sessions; it cannot read one'],
  ['console', 'table billing', 'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query', 'shows runs, their numbers and their history'],
  ...['byDay', 'byDoer', 'bySubject'].map(
    (index): Permission => ['console', `table audit/index/${index}`, 'dynamodb:Query', 'shows what people did'],
  ),
  ['console-acts', 'table console', 'dynamodb:UpdateItem', 'keeps what an act came to for the page that follows it'],
  [
    'console-acts',
    'table billing',
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
    'holds, stops and releases runs, each with a line of history; tries what a rerun would do',
  ],
  [
    'console-acts',
    'table messages',
    'dynamodb:PutItem dynamodb:UpdateItem',
    'stops the emails of a run that is stopped, and lets them go on',
  ],
  [
    'console-acts',
    'table audit',
    'dynamodb:PutItem',
    'tells the audit trail what a person did; can neither read nor change what stands there',
  ],
  [
    'console-acts',
    'table directory',
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query',
    'tries what a rerun would do, and counts whom it would write to',
  ],
  ['console-acts', 'table documents', 'dynamodb:BatchGetItem dynamodb:Query', 'compares what would be made with what is there'],
  ['console-acts', 'table preferences', 'dynamodb:BatchGetItem dynamodb:GetItem', 'who would be written to'],
  ['console-acts', 'bucket intake/*', 's3:GetObject', 'reads the bills and calls that a rerun would read; it can write none'],
  ['console-acts', 'bucket intake', 's3:ListBucket', 'without it S3 answers 403 instead of 404 for a bill that is gone'],
  ['console', 'table approvals', 'dynamodb:GetItem dynamodb:Query', 'shows what waits for a second person'],
  [
    'console-acts',
    'table approvals',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
    'keeps what takes two people, and what they decided',
  ],
  ['console-acts', 'queue billing', 'sqs:SendMessage', 'tells billing that a run may go on'],
];
