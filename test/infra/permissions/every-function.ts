import { CONSOLE, type Permission, WORKERS } from './who.ts';

/** What comes with being a function, and the import of an export. */
export const EVERY_FUNCTION: readonly Permission[] = [
  // What comes with being a function.
  [
    `${WORKERS}, calendar-day, billing-sweep, first-invoice-sweep, mail-sweep, works-sweep, public-pages, documents-api, works-feed, self-service, review-pages, ${CONSOLE}`,
    'log (own)',
    'logs:CreateLogStream logs:PutLogEvents',
    'writes its log, and no other',
  ],
  [
    WORKERS,
    'queue (own)',
    'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
    'Lambda takes messages from the queue in its name; the door lets a failed one come back after a while',
  ],
  [WORKERS, 'queue (own dead letters)', 'sqs:SendMessage', 'a message that no retry mends goes to people, with its reason'],
  [WORKERS, 'table failures', 'dynamodb:PutItem', 'keeps the last error of a message, for `dlq show`'],
  [
    'calendar-day, billing-sweep, first-invoice-sweep, mail-sweep, works-sweep',
    'queue (own dead letters)',
    'sqs:SendMessage',
    'Lambda puts a firing there on which the function failed three times',
  ],
  [
    'calendar-day schedules, billing-sweep schedules, first-invoice-sweep schedules, mail-sweep schedules, works-sweep schedules',
    'function (own)',
    'lambda:InvokeFunction',
    'the schedules call their function, and no other',
  ],
  [
    'calendar-day schedules, billing-sweep schedules, first-invoice-sweep schedules, mail-sweep schedules, works-sweep schedules',
    'queue (own dead letters)',
    'sqs:SendMessage',
    'a firing that could not be delivered goes to people',
  ],

  // The import of an export.
  [
    'intake',
    'table intake',
    'dynamodb:BatchWriteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem',
    'an import goes on at its cursor and lists what it rejected',
  ],
  [
    'intake',
    'table directory',
    'dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
    'compares records with those it has, and writes the newer ones',
  ],
  [
    'intake',
    'table preferences',
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem',
    'keeps what contacts decided in an earlier system',
  ],
  [
    'intake',
    'table billing',
    'dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem',
    'keeps which bill, usage file and completion is the latest; drops what a file was that could not be read before',
  ],
  [
    'intake',
    'table documents',
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
    "finds the document that a payment names, and keeps its payment status in the account's own partition",
  ],
  ['intake', 'bucket intake/*', 's3:GetObject', 'reads an export, below whatever prefix the carrier chose'],
  ['intake', 'bucket intake', 's3:ListBucket', 'finds the bills and usage files of an export'],
  ['intake', 'bucket intake/reports/*', 's3:AbortMultipartUpload s3:PutObject', 'writes the import report, and cannot touch an export'],
  ['intake', 'queue intake', 'sqs:SendMessage', 'a long import asks for its own continuation'],
  ['intake', 'queue billing', 'sqs:SendMessage', 'tells that bills or the directory changed, or a period is complete'],
];
