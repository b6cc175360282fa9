import { afterAll, describe, expect, test } from 'vitest';
import type { Invoice } from '../../functions/documents/invoice.ts';
import { renderInvoice } from '../../functions/documents/pdf.ts';
import { buildMime } from '../../functions/messages/mime.ts';
import { ask, isJudgeThere } from './judges.ts';
import { LETTERS } from './letters.ts';
import { sampleInvoices } from './sample-month.ts';

/** Where mail is called spam begins at 5; ours keeps away from it. */
const MOST_POINTS = 1;

/** Rules about the way a message came, which these have not come. */
const WAY = ['NO_RELAYS', 'NO_RECEIVED', 'ALL_TRUSTED', 'UNPARSEABLE_RELAY'];

const ENVELOPE = {
  from: 'rechnung@northline.example',
  senderName: 'Northline Carrier GmbH',
  replyTo: { name: 'Northline Carrier GmbH', email: 'rechnung@northline.example' },
  to: 'anna.beispiel@acme.example',
  unsubscribe: 'unsubscribe@northline.example',
  messageId: 'M-0815',
};

/** Without what it has learnt from other mail on this machine. */
describe.skipIf(!isJudgeThere('spamassassin'))('SpamAssassin, its local rules alone', () => {
  /** The worst of the languages, by wording. */
  const worst = new Map<string, { points: number; rules: string }>();

  afterAll(() => {
    const rows = [...worst].map(([wording, { points, rules }]) => `  ${points.toFixed(1).padStart(4)}  ${wording}${rules && `: ${rules}`}`);
    process.stderr.write(`SpamAssassin's points, worst of the languages (spam from 5.0):\n${rows.join('\n')}\n`);
  });

  test.each(LETTERS)('$name is no spam', async ({ wording, mail }) => {
    const files = await Promise.all(mail.attachments.map(async ({ key }) => [key, await samplePdf()] as const));
    const bytes = await buildMime(mail, ENVELOPE, new Map(files));
    const { said } = ask('spamassassin', ['--local', '--test-mode', '--cf=use_bayes 0'], bytes);
    expect(said).toContain('X-Spam-Status');
    const fired = [...said.matchAll(/^ {0,2}(-?\d+\.\d) ([A-Z0-9_]+)/gm)]
      .map(([, score, rule]) => ({ score: Number(score), rule: rule ?? '' }))
      .filter(({ rule }) => !WAY.includes(rule));
    const points = fired.reduce((sum, { score }) => sum + score, 0);
    const rules = fired.map(({ score, rule }) => `${score} ${rule}`).join(', ');
    if (points >= (worst.get(wording)?.points ?? Number.NEGATIVE_INFINITY)) worst.set(wording, { points, rules });
    expect(points, rules).toBeLessThan(MOST_POINTS);
  });
});

async function samplePdf(): Promise<Buffer> {
  return renderInvoice(sampleInvoices()[0] as Invoice);
}
