import { askForCorrection } from '../billing/ask.ts';
import { correctionRequested } from '../billing/events.ts';
import { previewCorrection } from '../billing/preview-correction.ts';
import { parseWith } from '../events/cloud-event.ts';
import { ASKED_AT } from './awaited.ts';
import type { ConsoleAct } from './console-page.ts';
import { correctionPreview } from './correct-page.ts';
import { doerOf } from './doer.ts';
import { reasonIn } from './forms.ts';
import { paths } from './links.ts';

/** Shows what a correction would issue, or asks billing for it. What would be refused is refused before it is asked for. */
export const correctAct: ConsoleAct = async ({ person, now, csrf }, form) => {
  const [bcn, period] = [form.get('bcn')?.trim() ?? '', form.get('period')?.trim() ?? ''];
  const reason = reasonIn(form);
  const asked = parseWith(correctionRequested, { bcn, period, reason, requestedBy: person.name }, 'The request');
  const preview = await previewCorrection(asked, now);
  if (form.get('step') !== 'run') return correctionPreview(asked, preview, csrf);
  await askForCorrection(asked, doerOf(person, reason), now);
  return {
    to: paths.month({ period, [ASKED_AT]: now.toISOString() }),
    said: `The correction of ${bcn} is asked for. Its late batch stands here in a moment.`,
  };
};
