import type { CorrectionRequested } from '../billing/events.ts';
import type { CorrectionPreview } from '../billing/preview-correction.ts';
import { type Html, html } from '../pages/html.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { differenceBlock } from './difference.ts';
import { counted } from './figures.ts';
import { csrfField, reasonField } from './forms.ts';
import { monthName } from './run-words.ts';

/** Asks which account's issued documents are corrected; what stands in the address is filled in already. */
export async function correctPage({ person, csrf, query: { bcn = '', period = '' } }: ConsoleRequest): Promise<ConsolePage> {
  const lead = html`<p>What was issued never changes. When its bill was delivered again with other figures, a credit note takes the issued document back and a new one replaces it: numbered and published together, and mailed in one email.</p>`;
  if (person.role !== 'act') return { title: 'Correct', body: [lead, html`<p>Your role may look, and not act.</p>`] };
  return {
    title: 'Correct',
    body: [
      lead,
      html`<form method="post" action="/correct" class="card">${csrfField(csrf)}
<label for="bcn">Billing account (BCN)</label><input type="text" id="bcn" name="bcn" required value="${bcn}">
<label for="period">Month</label><input type="text" id="period" name="period" required pattern="\\d{4}-\\d{2}" placeholder="2026-10" value="${period}">
${reasonField('reason', 'Why; it is printed on both documents, so write it for the customer')}
<div class="actions"><button type="submit" name="step" value="preview">Look at what it would issue</button></div></form>`,
    ],
  };
}

/** What a correction would issue, and the form that issues it. */
export function correctionPreview(asked: CorrectionRequested, { bills, documents, emails }: CorrectionPreview, csrf: string): ConsolePage {
  const { bcn, period, reason } = asked;
  const hidden = Object.entries({ bcn, period, reason }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return {
    title: `Correct ${bcn}, ${monthName(period)}`,
    body: [
      html`<p>Nothing was changed. ${counted(emails, 'email')} would go.</p>`,
      ...bills.map(billCard),
      html`<section class="card"><h2>What would be issued</h2><ul>${documents.map(documentLine)}</ul></section>`,
      html`<form method="post" action="/correct" class="card">${csrfField(csrf)}${hidden}<p>Printed on both documents: ${reason}</p><div class="actions"><button type="submit" name="step" value="run">Issue both</button><a class="button second" href="/correct">Ask for something else</a></div></form>`,
    ],
  };
}

function billCard({ billId, number, difference }: CorrectionPreview['bills'][number]): Html {
  return html`<section class="card"><h2>Bill ${billId}, issued as ${number}</h2>${difference ? differenceBlock(difference) : html``}</section>`;
}

function documentLine({ type, gross, currency, corrects }: CorrectionPreview['documents'][number]): Html {
  const numbers = (corrects ?? []).map(({ number }) => number).join(', ');
  return html`<li>${type.replaceAll('-', ' ')}, ${gross} ${currency}: ${type === 'credit-note' ? 'takes back' : 'replaces'} ${numbers}</li>`;
}
