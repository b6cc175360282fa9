import { expect, test } from 'vitest';
import { layoutChoice } from '../../../functions/intake/usage-layout.ts';

const FORMS = '{"layout": "carrierpost"} or {"default": "carrierpost", "<bcn>": "fcs-v3"} is expected';

test.each([
  ['{"layout": "fcs-v3"}', { layout: 'fcs-v3' }],
  ['{"default": "carrierpost", "B1": "fcs-v3"}', { layout: 'fcs-v3' }],
  ['{"default": "carrierpost", "B2": "fcs-v3"}', { layout: 'carrierpost' }],
  [undefined, { problem: `usage/layout.json is missing: ${FORMS}` }],
  ['[]', { problem: `usage/layout.json: ${FORMS}` }],
  ['{"layout": "v4"}', { problem: 'usage/layout.json: the layout of B1 is "v4": one of fcs-v3, carrierpost is expected' }],
  ['{"B2": "fcs-v3"}', { problem: 'usage/layout.json: the layout of B1 is missing: one of fcs-v3, carrierpost is expected' }],
  ['{"layout', { problem: expect.stringMatching(/^usage\/layout\.json is no JSON \(.*\): \{"layout"/) }],
])('%s says of B1', (text, choice) => {
  expect(layoutChoice(text)('B1')).toEqual(choice);
});
