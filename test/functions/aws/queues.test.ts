import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../functions/aws/queues.ts';

const EVENT = { specversion: '1.0', id: 'e-1', source: '/change-management', type: 'planned-works.published' } as const;

describe('The body of a queued event', () => {
  it.each([
    ['an emoji', 'Router \u{1F527} upgrade', 'Router \\ud83d\\udd27 upgrade'],
    ['half an emoji', 'cut \ud83d', 'cut \\ud83d'],
    ['characters that are none', '\ufffe\uffff', '\\ufffe\\uffff'],
    ['Japanese, which queues take', '\u65e5\u672c', '\u65e5\u672c'],
  ])('has %s as a queue takes it', (_, title, written) => {
    expect(bodyOf({ ...EVENT, data: { title } })).toContain(`"${written}"`);
  });

  it('says the same whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const body = bodyOf({ ...EVENT, data: { title } });
        expect(body).not.toMatch(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd]/);
        expect(JSON.parse(body)).toEqual({ ...EVENT, data: { title } });
      }),
    );
  });
});
