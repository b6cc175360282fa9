/** Who, what, the actions, and why nothing less would do. One row covers several functions that need the same for the same reason. */
export type Permission = readonly [who: string, what: string, actions: string, reason: string];

const WORKERS =
  'intake, billing, prepare, number, render, ledger, deliver, send-emergency, send-works, send-invoices, send-other, ses-events, works, works-replies';
const SENDERS = 'send-emergency, send-works, send-invoices, send-other';
const SETTLERS = 'billing, calendar-day, billing-sweep';

/** `(own)` is the queue that the function works on, `(own dead letters)` where it puts what it gives up. */
export const PERMISSIONS: readonly Permission[] = [
  // What comes with being a function.
  [
    `${WORKERS}, calendar-day, billing-sweep, mail-sweep, public-pages`,
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
    'calendar-day, billing-sweep, mail-sweep',
    'queue (own dead letters)',
    'sqs:SendMessage',
    'Lambda puts a firing there on which the function failed three times',
  ],
  [
    'calendar-day schedules, billing-sweep schedules, mail-sweep schedules',
    'function (own)',
    'lambda:InvokeFunction',
    'the schedules call their function, and no other',
  ],
  [
    'calendar-day schedules, billing-sweep schedules, mail-sweep schedules',
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
    'dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:PutItem dynamodb:Query',
    'compares records with those it has, and writes the newer ones',
  ],
  [
    'intake',
    'table billing',
    'dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem',
    'keeps which bill, usage file and completion is the latest; drops what a file was that could not be read before',
  ],
  ['intake', 'bucket intake/*', 's3:GetObject', 'reads an export, below whatever prefix the carrier chose'],
  ['intake', 'bucket intake', 's3:ListBucket', 'finds the bills and usage files of an export'],
  ['intake', 'bucket intake/reports/*', 's3:AbortMultipartUpload s3:PutObject', 'writes the import report, and cannot touch an export'],
  ['intake', 'queue intake', 'sqs:SendMessage', 'a long import asks for its own continuation'],
  ['intake', 'queue billing', 'sqs:SendMessage', 'tells that bills changed or a period is complete'],

  // Runs.
  [
    'billing',
    'table billing',
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem',
    'moves runs and their chunks from stage to stage; opens chunks as long as the run is still being planned',
  ],
  [
    'billing',
    'table directory',
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query',
    'pages through the accounts of a calendar to plan a run',
  ],
  [
    'calendar-day',
    'table billing',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
    'opens the month of its calendar, or notes that it is late',
  ],
  [
    'calendar-day',
    'table directory',
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query',
    'asks whether any account follows the calendar',
  ],
  ['billing-sweep', 'table billing', 'dynamodb:GetItem dynamodb:PutItem dynamodb:Query', 'finds runs that stand still'],
  ['billing-sweep', 'table directory', 'dynamodb:GetItem', "the thresholds of a control report are the legal entity's"],
  [SETTLERS, 'table documents', 'dynamodb:PutItem dynamodb:UpdateItem', 'opens a publication, and publishes by one write'],
  [SETTLERS, 'table messages/index/byGroup', 'dynamodb:Query', 'counts the emails of a run to know when it is delivered'],
  [SETTLERS, 'bucket register/control/*', 's3:AbortMultipartUpload s3:PutObject', 'stores the control report'],
  [SETTLERS, 'bucket register/control/*', 's3:GetObject', 'reads the control report again'],
  [SETTLERS, 'bucket register', 's3:ListBucket', 'without it S3 answers 403 instead of 404 while there is no report'],
  [SETTLERS, 'queue billing', 'sqs:SendMessage', 'asks for the plan of a run'],
  [SETTLERS, 'queue prepare', 'sqs:SendMessage', 'queues chunks, again after a stop'],
  [SETTLERS, 'queue numbering.fifo', 'sqs:SendMessage', 'queues chunks that wait for numbers, again after a stop'],
  [SETTLERS, 'queue render', 'sqs:SendMessage', 'queues chunks that wait for their documents, again after a stop'],
  [SETTLERS, 'queue deliver', 'sqs:SendMessage', 'queues the deliveries of a publication'],
  [SETTLERS, 'queue ledger.fifo', 'sqs:SendMessage', 'asks for the register of a publication'],

  // Chunks of accounts.
  [
    'prepare',
    'table billing',
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem',
    'reads bills, keeps what became of each account, as long as the chunk is still its own',
  ],
  [
    'prepare',
    'table directory',
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query',
    'account, customer, entity, services and numbers stand in the documents',
  ],
  [
    'prepare, render',
    'table documents',
    'dynamodb:BatchGetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem',
    'records versions of documents, unseen until the publication',
  ],
  ['prepare, render', 'bucket intake/*', 's3:GetObject', 'reads bills and usage files where the carrier put them'],
  ['prepare, render', 'bucket intake', 's3:ListBucket', 'without it S3 answers 403 instead of 404 for a file that is gone'],
  [
    'prepare, render',
    'bucket portal/*',
    's3:AbortMultipartUpload s3:PutObject',
    'stores documents; keys begin with the customer, so there is no narrower prefix; it cannot read or delete them',
  ],
  ['prepare', 'queue numbering.fifo', 'sqs:SendMessage', 'a prepared chunk waits for its numbers'],
  ['prepare, render', 'queue billing', 'sqs:SendMessage', 'tells that a chunk is done'],
  [
    'number, render',
    'table billing',
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
    "binds numbers and keeps what became of each account, in one transaction with the chunk's state",
  ],
  ['number', 'table directory', 'dynamodb:GetItem', 'the number series of the legal entity'],
  [
    'number',
    'table documents',
    'dynamodb:BatchGetItem dynamodb:Query dynamodb:UpdateItem',
    'asks whether the run that numbered a bill is published; withdraws a version that an unpublished run replaces',
  ],
  ['number', 'queue render', 'sqs:SendMessage', 'a numbered chunk waits for its documents'],
  ['render', 'table directory', 'dynamodb:BatchGetItem dynamodb:GetItem', 'account, customer and entity stand in the invoice'],
  ['ledger', 'table billing', 'dynamodb:GetItem dynamodb:Query', 'reads what a run issued, and every number of a series'],
  ['ledger', 'table documents', 'dynamodb:BatchGetItem', 'a number counts as issued when its publication is'],
  ['ledger', 'bucket register/issued/*', 's3:AbortMultipartUpload s3:PutObject', 'writes the register of issued documents'],
  ['ledger', 'bucket register/series/*', 's3:AbortMultipartUpload s3:PutObject', 'writes the number series'],
  ['ledger', 'queue ledger.fifo', 'sqs:SendMessage', 'asks for the files of the series that a publication took from'],
  [
    'deliver',
    'table billing',
    'dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem',
    'reads the accounts of a chunk, and records what each was told',
  ],
  ['deliver', 'table directory', 'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query', 'the billing contacts of an account'],
  ['deliver', 'table messages', 'dynamodb:GetItem dynamodb:PutItem', 'puts each email into the outbox, once'],
  ['deliver', 'table preferences', 'dynamodb:GetItem', 'who wants no email, or links only, gets what they want'],
  ['deliver', 'queue mail-invoices', 'sqs:SendMessage', 'queues the emails'],
  ['deliver', 'queue billing', 'sqs:SendMessage', 'tells that a chunk is delivered'],

  // Mail.
  [
    SENDERS,
    'table messages',
    'dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
    'claims a message before SES is called, and records what SES said',
  ],
  [
    SENDERS,
    'table preferences',
    'dynamodb:ConditionCheckItem dynamodb:GetItem',
    'the claim holds only while the recipient has not opted out',
  ],
  [SENDERS, 'table directory', 'dynamodb:GetItem', 'recipient and seller, as they are at sending'],
  [SENDERS, 'bucket portal/*', 's3:GetObject', 'attaches the document; keys begin with the customer, so there is no narrower prefix'],
  [SENDERS, 'bucket portal', 's3:ListBucket', 'without it S3 answers 403 instead of 404 for a document that is gone'],
  [SENDERS, 'queue (own)', 'sqs:SendMessage', 'over the rate a delayed copy is sent to the same queue'],
  [SENDERS, 'ses mail.carrier.example', 'ses:SendRawEmail', 'sends as one of the two senders, and nobody else'],
  [SENDERS, 'ses mail', 'ses:SendRawEmail', 'through the configuration set, so that SES tells what became of it'],
  [`${SENDERS}, public-pages`, 'secret link-keys-??????', 'secretsmanager:GetSecretValue', 'signs and verifies the links in emails'],
  ['ses-events', 'table messages', 'dynamodb:GetItem dynamodb:UpdateItem', 'moves the state of a message forward'],
  ['ses-events', 'table messages/index/bySesId', 'dynamodb:Query', 'finds the message of an event that carries no tag of ours'],
  ['ses-events', 'table preferences', 'dynamodb:GetItem dynamodb:PutItem', 'suppresses an address after a bounce or a complaint'],
  [
    'mail-sweep',
    'table messages',
    'dynamodb:DeleteItem dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem',
    'looks at messages whose time has come, and settles interrupted ones',
  ],
  ['mail-sweep', 'queue mail-emergency', 'sqs:SendMessage', 'a message whose time has come goes back to the queue of its kind'],
  ['mail-sweep', 'queue mail-works', 'sqs:SendMessage', 'a message whose time has come goes back to the queue of its kind'],
  ['mail-sweep', 'queue mail-invoices', 'sqs:SendMessage', 'a message whose time has come goes back to the queue of its kind'],
  ['mail-sweep', 'queue mail-other', 'sqs:SendMessage', 'a message whose time has come goes back to the queue of its kind'],

  // Pages and works.
  [
    'public-pages',
    'table documents',
    'dynamodb:BatchGetItem dynamodb:Query',
    'looks up what the link is about, and whether it is published',
  ],
  ['public-pages', 'table documents/index/byCustomer', 'dynamodb:Query', 'lists what a customer can see'],
  ['public-pages', 'table directory', 'dynamodb:GetItem', 'the contact of the link is still one'],
  ['public-pages', 'bucket portal/*', 's3:GetObject', 'signs one object for a minute; the signature can do no more than its signer'],
  ['works', 'table works', 'dynamodb:PutItem', 'keeps the highest revision of works'],
  ['works-replies', 'bucket inbound/works/*', 's3:GetObject', 'reads a mail that SES has stored; it can write and delete none'],
  ['works-replies', 'bucket inbound', 's3:ListBucket', 'without it S3 answers 403 instead of 404 for a mail that is gone'],
];
