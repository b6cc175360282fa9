import * as z from 'zod';
import { seller, text, waysOut } from '../facts.ts';

export const WORKS_VARIANTS = ['new', 'changed', 'cancelled', 'no-longer-affected', 'starting', 'completed', 'reminder'] as const;

const STATUSES = ['tentative', 'confirmed', 'in-process', 'completed', 'cancelled'] as const;
const IMPACTS = ['no-impact', 'reduced-redundancy', 'degraded', 'outage'] as const;
const CHANGED = ['start', 'end', 'window', 'status', 'impact', 'circuits', 'downtime', 'title', 'description', 'location'] as const;

/** An email lists so many circuits; where there are more, all of them are in the attached file. */
export const MAX_CIRCUITS = 25;

/** Whom to write to about the works. */
export const coordinator = z.object({ name: text, email: text });

const circuit = z.object({
  serviceId: text,
  product: text.optional(),
  aEnd: text.optional(),
  /** Customers call it the Z end. */
  bEnd: text.optional(),
  impact: z.enum(IMPACTS),
  downtime: text.optional(),
  account: text.optional(),
});

/** What a revision changed. Before and after are ready to print, but for a status and an impact: these may be the plain enum value. */
const change = z.object({ what: z.enum(CHANGED), before: text.optional(), after: text.optional() });

/**
 * Facts of an email about one window of planned works. Texts are single lines, formatted in the reader's language and time zone;
 * statuses and impacts are put into words by the template's strings.
 */
export const facts = z.object({
  contactName: text,
  customerName: text,
  ocn: text,
  /** The billing accounts concerned: `B4711, B4712`. */
  accounts: text.optional(),
  worksId: text,
  title: text,
  variant: z.enum(WORKS_VARIANTS),
  emergency: z.boolean(),
  status: z.enum(STATUSES),
  /** The worst of the reader's circuits. */
  impact: z.enum(IMPACTS),
  /** `18 Nov 2026, 00:00-04:00 CET` */
  subjectWindow: text,
  /** `Wed 18 Nov 2026, 00:00 - 04:00 CET (Europe/Berlin)` */
  windowLocal: text,
  /** `Tue 17 Nov 2026, 23:00 - Wed 18 Nov 2026, 03:00 UTC` */
  windowUtc: text,
  /** Expected within the window: `15 minutes`. */
  downtime: text.optional(),
  /** How long before the window this was told: `11 working days`. */
  notice: text.optional(),
  /** Less than the contract promises; the email says so. */
  shortNotice: z.boolean().optional(),
  /** One text a paragraph. */
  description: z.array(text),
  location: text.optional(),
  /** The customer's own reference. */
  reference: text.optional(),
  cancelReason: text.optional(),
  /** Shown where the variant is `changed`. */
  changes: z.array(change),
  circuits: z.array(circuit).max(MAX_CIRCUITS),
  circuitCount: z.int().min(0),
  /** The attached file with all circuits, where the email does not show them all. */
  circuitsFile: text.optional(),
  /** Without an invitation: nothing enters, changes or leaves a diary. */
  dataOnly: z.boolean(),
  coordinator,
  feed: z.object({ https: z.url(), webcal: z.url({ protocol: /^webcal$/ }) }).optional(),
  seller,
  ...waysOut,
});

export type WorksFacts = z.output<typeof facts>;
