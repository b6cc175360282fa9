import { expect, test } from 'vitest';
import { listing, type ManifestDocument, manifestBytes, manifestOf } from '../../../functions/documents/manifest.ts';
import { buildUnl } from '../../../functions/documents/unl.ts';

const ACCOUNT = { ocn: 'O100', bcn: 'B4711', name: 'Example Ltd', currency: 'GBP', itemisation: 'full' } as const;
const OF = { account: ACCOUNT, period: '2026-10' };

const INVOICE: ManifestDocument = {
  documentId: 'B4711/2026-10/invoice-INV1.pdf',
  kind: 'invoice',
  format: 'pdf',
  number: 'INV1',
  version: 1,
  key: 'O100/B4711/2026-10/invoice-INV1.pdf',
  sha256: 'aa',
  bytes: 10,
};
const CDR: ManifestDocument = {
  ...INVOICE,
  documentId: 'B4711/2026-10/cdr-B4711.csv.gz',
  kind: 'cdr',
  format: 'csv.gz',
  number: undefined,
};
const ITSELF: ManifestDocument = { ...INVOICE, documentId: 'B4711/2026-10/manifest-B4711.json', kind: 'manifest', format: 'json' };

const SUMMARY = {
  rows: 2,
  seconds: 122,
  ratedSeconds: 240,
  charge: '0.02468',
  byClass: { mobile: { calls: 2, seconds: 122, ratedSeconds: 240, charge: '0.02468' } },
  late: 1,
  duplicates: 0,
  problems: [],
  problemCount: 0,
  file: { file: '/tmp/secret-place/cdr.csv.gz', bytes: 9, rawBytes: 99, sha256Raw: 'raw', sha256Packed: 'packed' },
};

test('the manifest lists documents by id, what calls sum to and how many numbers there are', () => {
  const range = { from: '+441614960000', to: '+441614960099', type: 'geographic', status: 'active', assignedOn: '2024-01-01' } as const;
  const unl = buildUnl(ACCOUNT, [{ bcn: 'B4711', country: 'GB', ...range }], '2026-10');
  expect(manifestOf({ ...OF, documents: [INVOICE, ITSELF, CDR], cdr: SUMMARY, unl })).toEqual({
    manifest: 1,
    ocn: 'O100',
    bcn: 'B4711',
    period: '2026-10',
    documents: [CDR, INVOICE],
    cdr: {
      itemisation: 'full',
      currency: 'GBP',
      rows: 2,
      seconds: 122,
      ratedSeconds: 240,
      charge: '0.02468',
      byClass: SUMMARY.byClass,
      late: 1,
      duplicates: 0,
      sha256Raw: 'raw',
      sha256Packed: 'packed',
    },
    unl: { asOf: '2026-10-31', totals: { ranges: 1, numbers: 100 }, byStatus: { active: { ranges: 1, numbers: 100 } } },
  });
});

test('where calls are not itemised it sums them all the same, and hashes nothing', () => {
  const account = { ...ACCOUNT, itemisation: 'none' } as const;
  const { cdr } = manifestOf({ account, period: '2026-10', documents: [], cdr: { ...SUMMARY, file: undefined } });
  expect(cdr).toMatchObject({ itemisation: 'none', rows: 2, byClass: SUMMARY.byClass, sha256Raw: undefined, sha256Packed: undefined });
});

test('without calls and numbers it says nothing of them', () => {
  const manifest = { manifest: 1, ocn: 'O100', bcn: 'B4711', period: '2026-10', documents: [] };
  expect(JSON.parse(manifestBytes(manifestOf({ ...OF, documents: [] })).toString())).toEqual(manifest);
});

test('documents that are rendered later are listed then, and their order does not matter', () => {
  const early = manifestOf({ ...OF, documents: [], cdr: SUMMARY });
  const whole = manifestOf({ ...OF, documents: [CDR, INVOICE], cdr: SUMMARY });
  expect(manifestBytes(listing(early, [INVOICE, ITSELF, CDR]))).toEqual(manifestBytes(whole));
});
