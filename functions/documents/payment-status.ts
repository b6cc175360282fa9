import { parseMoney } from '../money/money.ts';

/** Where the payment of a document stands, in the carrier's words. */
export const PAYMENT_STATES = ['open', 'part-paid', 'closed', 'disputed', 'not-applicable'] as const;

export type PaymentState = (typeof PAYMENT_STATES)[number];

/** What the carrier's ledger says of the payment of one document. */
export interface PaymentSaid {
  readonly status: PaymentState;
  /** A decimal string in the document's currency: what came in so far; of a credit note or a statement, what went out or was set off. */
  readonly paid: string;
  readonly currency: string;
  /** A date, which means its end, or an instant. */
  readonly asOf: string;
}

/** What was said, and where: later words count, see `rankOf`. */
export interface PaymentStatus extends PaymentSaid {
  readonly rank: string;
  readonly importId: string;
  readonly line: number;
  /** What it was when it was taken, so that a piece that is taken again counts the same. */
  readonly outcome: 'new' | 'changed' | 'same';
  /** Every status that it had, oldest first: what was said, and by which import. */
  readonly history?: readonly PaymentChange[] | undefined;
}

/** A word of the ledger that changed something. */
export type PaymentChange = Pick<PaymentStatus, 'status' | 'paid' | 'asOf' | 'importId' | 'line'>;

/** Where a row stands. */
export interface PaymentPlace {
  readonly importId: string;
  /** The event's time. */
  readonly importedAt: string;
  /** In the file's name. */
  readonly fileDate: string;
  readonly line: number;
}

/** What a row comes to. `why` says what would be right, `remark` what a person might want to know. */
export type PaymentVerdict =
  | { readonly outcome: 'new' | 'changed' | 'same'; readonly take: PaymentStatus; readonly remark?: string | undefined }
  | { readonly outcome: 'repeats'; readonly as: PaymentStatus['outcome']; readonly remark?: string | undefined }
  | { readonly outcome: 'older' }
  | { readonly outcome: 'rejected'; readonly field: 'status' | 'paid'; readonly expected: string };

/**
 * Judges a row against what is known of the document's payment.
 * @param due what the document asks for, a decimal string in the row's currency
 * @param known undefined before the first word of it
 */
export function judgePayment(said: PaymentSaid, place: PaymentPlace, due: string, known: PaymentStatus | undefined): PaymentVerdict {
  const contradiction = contradictionOf(said, due);
  if (contradiction) return contradiction;
  const rank = rankOf(said.asOf, place);
  if (known && rank < known.rank) return { outcome: 'older' };
  if (known && rank === known.rank) return judgeRepetition(said, place, known);
  const outcome = known === undefined ? 'new' : isSame(said, known) ? 'same' : 'changed';
  const { importId, line } = place;
  const remark = outcome === 'same' ? undefined : [overpaid(said, due), reopened(said, known)].filter(Boolean).join(' ') || undefined;
  return { outcome, take: { ...said, rank, importId, line, outcome, history: historyAfter(known, said, place) }, remark };
}

/** A word that says what is so already adds nothing. */
function historyAfter(known: PaymentStatus | undefined, said: PaymentSaid, { importId, line }: PaymentPlace): PaymentChange[] {
  const before = known?.history ?? (known ? [changeOf(known)] : []);
  return known && isSame(said, known) ? [...before] : [...before, changeOf({ ...said, importId, line })];
}

function changeOf({ status, paid, asOf, importId, line }: PaymentChange): PaymentChange {
  return { status, paid, asOf, importId, line };
}

/** The later `asOf` counts; of one moment the file of the later day, of one day the later import. */
function rankOf(asOf: string, { fileDate, importedAt }: PaymentPlace): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(asOf) ? `${asOf}T23:59:59.999Z` : asOf;
  return `${at} ${fileDate} ${importedAt}`;
}

/** The same document of the same moment in the same file. */
function judgeRepetition(said: PaymentSaid, { importId, line }: PaymentPlace, known: PaymentStatus): PaymentVerdict {
  if (known.importId === importId && known.line === line) return { outcome: 'repeats', as: known.outcome };
  if (isSame(said, known))
    return { outcome: 'repeats', as: 'same', remark: `The document stands on line ${known.line} too and says the same.` };
  return {
    outcome: 'rejected',
    field: 'status',
    expected: `${known.status} with ${known.paid} paid is expected, as line ${known.line} says as of the same moment; one of the two is wrong`,
  };
}

/** A status and an amount that do not go together: the ledger means something else than it says. */
function contradictionOf({ status, paid, currency }: PaymentSaid, due: string): PaymentVerdict | undefined {
  const [amount, whole] = [parseMoney(paid, currency).minor, parseMoney(due, currency).minor];
  const wrong = (expected: string) => ({ outcome: 'rejected', field: 'paid', expected }) as const;
  if (status === 'open' && amount !== 0n) return wrong('0 is expected for a document that is open; part-paid is what something is paid of');
  if (status === 'part-paid' && (amount === 0n || amount >= whole)) {
    return wrong(`an amount above 0 and below ${due} is expected for a document that is part paid`);
  }
  return undefined;
}

function overpaid({ paid, currency }: PaymentSaid, due: string): string | undefined {
  if (parseMoney(paid, currency).minor <= parseMoney(due, currency).minor) return undefined;
  return `Overpaid: ${paid} ${currency} of ${due}.`;
}

function reopened({ status }: PaymentSaid, known: PaymentStatus | undefined): string | undefined {
  if (known?.status !== 'closed' || status === 'closed') return undefined;
  return `Reopened: it was closed as of ${known.asOf}.`;
}

function isSame(a: PaymentSaid, b: PaymentSaid): boolean {
  return (
    a.status === b.status && a.currency === b.currency && parseMoney(a.paid, a.currency).minor === parseMoney(b.paid, b.currency).minor
  );
}
