import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { ask, pathOf } from './judges.ts';
import { LETTERS } from './letters.ts';

/** Where mail is called spam begins at 5; ours keeps away from it. */
const MOST_POINTS = 2;

/** Rules about the way a message came, which these have not come. */
const WAY = ['NO_RELAYS', 'NO_RECEIVED', 'ALL_TRUSTED', 'UNPARSEABLE_RELAY', 'TVD_SPACE_RATIO_MINFP'];

const composer = createTransport({ streamTransport: true, buffer: true });

test.skipIf(pathOf('spamassassin') === undefined).each(LETTERS)('$name is no spam', async ({ subject, html, text }) => {
  const { message } = await composer.sendMail({
    from: '"Northline Carrier GmbH" <rechnung@northline.example>',
    to: 'anna.beispiel@acme.example',
    subject,
    html,
    text,
  });
  const { said } = ask('spamassassin', ['--local', '--test-mode'], message as Buffer);
  const points = [...said.matchAll(/^ {0,2}(-?\d+\.\d) ([A-Z0-9_]+)/gm)]
    .map(([, score, rule]) => ({ score: Number(score), rule: rule ?? '' }))
    .filter(({ rule }) => !WAY.includes(rule));
  expect(said).toContain('X-Spam-Status');
  const total = points.reduce((sum, { score }) => sum + score, 0);
  expect(total, points.map(({ score, rule }) => `${score} ${rule}`).join(', ')).toBeLessThan(MOST_POINTS);
});
