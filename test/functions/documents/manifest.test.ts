import { expect, test } from 'vitest';
import { type ManifestDocument, manifestBytes, manifestCdr, manifestOf } from '../../../functions/documents/manifest.ts';

const OF = { ocn: 'O100', bcn: 'B4711', period: '2026-10' };

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
  const unl = { ranges: 1, numbers: 100 };
  const cdr = manifestCdr(SUMMARY, { itemisation: 'full', currency: 'GBP' });
  expect(manifestOf({ ...OF, documents: [INVOICE, ITSELF, CDR], cdr, unl })).toEqual({
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
    unl: { ranges: 1, numbers: 100 },
  });
});

test('where calls are not itemised it sums them all the same, and hashes nothing', () => {
  const cdr = manifestCdr({ ...SUMMARY, file: undefined }, { itemisation: 'none', currency: 'GBP' });
  expect(cdr).toMatchObject({ itemisation: 'none', rows: 2, byClass: SUMMARY.byClass, sha256Raw: undefined, sha256Packed: undefined });
});

test('without calls and numbers it says nothing of them', () => {
  expect(JSON.parse(manifestBytes(manifestOf({ ...OF, documents: [] })).toString())).toEqual({ manifest: 1, ...OF, documents: [] });
});

test('the same documents in another order give the same bytes', () => {
  const bytes = (documents: ManifestDocument[]) => manifestBytes(manifestOf({ ...OF, documents }));
  expect(bytes([INVOICE, CDR])).toEqual(bytes([CDR, INVOICE]));
});
