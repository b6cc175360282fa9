import * as z from 'zod';
import { isCalendar } from '../../functions/calendars/calendars.ts';

const hostname = z.hostname();
const allowed = z.string().regex(/^(\*|@[^@\s]+|[^@\s]+@[^@\s]+)$/, 'an address, an `@domain`, or `*` for everybody');

/** Everything that differs between stages. One file per stage; the schema is strict, so a misspelt key fails at synth. */
const stageSchema = z.strictObject({
  stage: z.string().regex(/^[a-z][a-z0-9]{1,15}$/),
  account: z.string().regex(/^\d{12}$/, 'twelve digits'),
  region: z.string().regex(/^[a-z]{2}-[a-z]+-\d$/),
  /** Kept when the stack is deleted, and protected against deletion. */
  keepsData: z.boolean(),
  pages: z.strictObject({
    /** Where customers' links point; `https://` and this name is the origin of every link in an email. */
    domain: hostname,
    /** The ACM certificate for the domain. Without it (the local cloud) the API has no name of its own. */
    certificateArn: z.string().startsWith('arn:aws:acm:').optional(),
    requestsPerSecond: z.int().positive(),
  }),
  /** Who signs the tokens with which the carrier's own portal asks for its customers' documents. */
  documentsApi: z.strictObject({ issuer: z.url(), audience: z.string().min(1) }),
  console: z.strictObject({
    /** Where the billing team works: a name of its own, apart from the customers' pages. */
    domain: hostname,
    /** The ACM certificate for the domain; without it (the local cloud) the API has no name of its own. */
    certificateArn: z.string().startsWith('arn:aws:acm:').optional(),
    /** The carrier's identity provider (OpenID Connect), and this console's name there: a public client, so there is no secret. */
    issuer: z.url(),
    clientId: z.string().min(1),
    /** The claim of the ID token that lists somebody's groups, and the group of each role. */
    groupsClaim: z.string().min(1).default('groups'),
    roles: z.strictObject({ view: z.string().min(1), act: z.string().min(1) }),
    /** A release or a rerun of more than this needs a second person. */
    secondPerson: z.strictObject({ accounts: z.int().positive(), emails: z.int().positive() }),
  }),
  mail: z.strictObject({
    /** The SES identity: every sender is below it. */
    domain: hostname,
    billing: z.email(),
    works: z.email(),
    /** Where mail programs write to when their reader wants no more (RFC 2369, RFC 8058). */
    unsubscribe: z.email(),
    /** The account's SES quota; sending stays at 80% of it. */
    ratePerSecond: z.number().positive(),
    /** Who may be written to. Only production writes to everybody. */
    allowlist: z.array(allowed).min(1),
  }),
  works: z.strictObject({
    /** Planned works for more recipients than this wait for a named person. */
    recipientLimit: z.int().positive(),
  }),
  alarms: z.strictObject({
    /** Subscribed to the stage's one alarm topic. */
    emails: z.array(z.email()),
    /** Where alarms' links to docs/runbook.md point. */
    runbook: z.url(),
  }),
  logRetentionDays: z.union([z.literal(14), z.literal(90), z.literal(400)]),
  /** Holidays that became known after the last deployment of the calendars: they move the runs of that calendar. */
  extraHolidays: z
    .array(
      z.strictObject({
        calendar: z.string().refine(isCalendar, 'a billing calendar'),
        date: z.iso.date(),
        name: z.string(),
        source: z.string(),
      }),
    )
    .default([]),
  /** How many copies of a function SQS may start at once: bounds what a month-end asks of the tables. */
  concurrency: z.strictObject({ prepare: z.int().min(2), render: z.int().min(2), deliver: z.int().min(2), mail: z.int().min(2) }),
});

export type StageConfig = z.output<typeof stageSchema>;

/**
 * Checks a stage's settings, also against each other.
 * @throws Error that names the stage and every wrong setting
 */
export function defineStage(config: z.input<typeof stageSchema>): StageConfig {
  const parsed = stageSchema.safeParse(config);
  if (!parsed.success) throw new Error(`The settings of stage ${config.stage} are wrong:\n${z.prettifyError(parsed.error)}`);
  const { stage, mail, keepsData, console, pages } = parsed.data;
  for (const sender of [mail.billing, mail.works, mail.unsubscribe]) {
    if (!sender.endsWith(`@${mail.domain}`))
      throw new Error(`Stage ${stage}: the sender ${sender} is not of the SES identity ${mail.domain}`);
  }
  if (console.domain === pages.domain)
    throw new Error(`Stage ${stage}: the console and the customers' pages must not share ${pages.domain}`);
  if (console.roles.view === console.roles.act) throw new Error(`Stage ${stage}: the roles of the console must be two groups`);
  if (stage === 'production' && !keepsData) throw new Error('Stage production must keep its data');
  if (stage === 'test' && mail.allowlist.includes('*')) throw new Error('Stage test must not write to everybody');
  return parsed.data;
}
