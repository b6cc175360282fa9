import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expression } from '../../../functions/aws/expression.ts';
import { putItem, transact } from '../../../functions/aws/tables.ts';
import { type DocumentName, documentIdOf, portalKey } from '../../../functions/documents/portal-key.ts';
import {
  addVersion,
  addVersions,
  type DocumentDraft,
  GuardError,
  openPublication,
  publish,
  visibleDocument,
  visibleDocuments,
  withdrawDocument,
} from '../../../functions/documents/records.ts';
import { newestVersions, visibleVersions } from '../../../functions/documents/visibility.ts';
import { useCloud } from '../../emulators/cloud.ts';

useCloud();

const HOUR = new Date('2026-11-04T06:00:00Z');
const SECOND_BEFORE = new Date('2026-11-04T05:59:59.999Z');

const draft = (bcn: string, publicationId: string, sha256 = 'aa'): DocumentDraft => ({
  ...{ ocn: `C-${bcn}`, bcn, period: '2026-10', kind: 'invoice', format: 'pdf', number: 'DE26004711', sha256, bytes: 1, publicationId },
});

async function published(publicationId: string): Promise<void> {
  await openPublication({ publicationId, period: '2026-10', calendar: 'DE' }, HOUR);
  expect(await transact([publish(publicationId, HOUR, 'test')])).toEqual([]);
}

describe('keys of the portal bucket', () => {
  const of = (name: Partial<DocumentName>): DocumentName => ({
    ocn: 'C1',
    bcn: 'B1',
    period: '2026-10',
    kind: 'invoice',
    format: 'pdf',
    ...name,
  });

  test.each<[DocumentName, number, string]>([
    [of({ number: 'DE26004711' }), 1, 'C1/B1/2026-10/invoice-DE26004711.pdf'],
    [of({ number: 'DE26004711' }), 2, 'C1/B1/2026-10/invoice-DE26004711.v2.pdf'],
    [of({ number: 'DE/26/1 ..x' }), 1, 'C1/B1/2026-10/invoice-DE-26-1--x.pdf'],
    [of({ kind: 'cdr', format: 'csv.gz' }), 1, 'C1/B1/2026-10/cdr-B1-2026-10.csv.gz'],
    [of({ kind: 'cdr', format: 'csv.gz' }), 3, 'C1/B1/2026-10/cdr-B1-2026-10.v3.csv.gz'],
    [of({ kind: 'unl', format: 'csv' }), 1, 'C1/B1/2026-10/unl-B1-2026-10.csv'],
    [of({ kind: 'manifest', format: 'json' }), 1, 'C1/B1/2026-10/manifest.json'],
    [of({ kind: 'manifest', format: 'json' }), 2, 'C1/B1/2026-10/manifest.v2.json'],
  ])('%o version %i is %s', (name, version, key) => {
    expect(portalKey(name, version)).toBe(key);
  });

  test('a document has one id whatever its version', () => {
    expect(documentIdOf(of({ number: 'DE26004711' }))).toBe('B1/2026-10/invoice-DE26004711.pdf');
    expect(documentIdOf(of({ kind: 'unl', format: 'csv' }))).toBe('B1/2026-10/unl-B1.csv');
  });
});

test('of any versions only the last of a publication is ever seen, and only from its moment on', () => {
  const version = fc.record({ documentId: fc.constantFrom('a', 'b'), publicationId: fc.constantFrom('p', 'q', 'unpublished') });
  fc.assert(
    fc.property(fc.array(version, { maxLength: 12 }), (drawn) => {
      const versions = drawn.map((each, index) => ({ ...each, version: index + 1 }));
      const at = (id: string) => (id === 'unpublished' ? undefined : HOUR.toISOString());
      expect(visibleVersions(versions, at, SECOND_BEFORE)).toEqual([]);
      for (const seen of visibleVersions(versions, at, HOUR)) {
        const later = versions.filter((each) => each.documentId === seen.documentId && each.publicationId === seen.publicationId);
        expect(seen.version).toBe(Math.max(...later.map((each) => each.version)));
      }
      expect(newestVersions(visibleVersions(versions, at, HOUR)).length).toBeLessThanOrEqual(2);
    }),
  );
});

describe('versions', () => {
  test('the same bytes are the same version, other bytes the next one; neither is seen before the publication', async () => {
    await openPublication({ publicationId: 'v.1', period: '2026-10', calendar: 'DE' }, HOUR);
    expect(await addVersion(draft('V1', 'v.1'))).toMatchObject({ version: 1, key: 'C-V1/V1/2026-10/invoice-DE26004711.pdf' });
    expect(await addVersion(draft('V1', 'v.1'))).toMatchObject({ version: 1 });
    expect(await addVersion(draft('V1', 'v.1', 'bb'))).toMatchObject({ version: 2, key: 'C-V1/V1/2026-10/invoice-DE26004711.v2.pdf' });
    expect(await visibleDocuments({ bcn: 'V1' }, undefined, HOUR)).toEqual([]);
    await transact([publish('v.1', HOUR, 'test')]);
    expect(await visibleDocuments({ bcn: 'V1' }, '2026-10', SECOND_BEFORE)).toEqual([]);
    expect(await visibleDocuments({ ocn: 'C-V1' }, '2026-10', HOUR)).toMatchObject([{ version: 2, sha256: 'bb' }]);
    expect(await visibleDocument('V1/2026-10/invoice-DE26004711.pdf', HOUR, 1)).toBeUndefined();
  });

  test('two writers at once never share a key', async () => {
    await published('v.2');
    const added = await Promise.all(['aa', 'bb', 'cc', 'dd'].map((sha256) => addVersion(draft('V2', 'v.2', sha256))));
    expect(added.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  });

  test('are published once', async () => {
    await published('v.3');
    expect(await transact([publish('v.3', new Date('2026-12-01T00:00:00Z'), 'again')])).toEqual([0]);
    expect(await transact([publish('never opened', HOUR, 'test')])).toEqual([0]);
  });

  test('a late worker whose guard is gone writes nothing', async () => {
    await published('v.4');
    const guard = { table: 'documents', check: { pk: 'GUARD', sk: 'GUARD' }, when: expression`#state = ${'open'}` } as const;
    await expect(addVersions([draft('V4', 'v.4')], [guard])).rejects.toThrow(GuardError);
    expect(await visibleDocuments({ bcn: 'V4' }, undefined, HOUR)).toEqual([]);
    await putItem('documents', { pk: 'GUARD', sk: 'GUARD', state: 'open' });
    expect(await addVersions([draft('V4', 'v.4')], [guard])).toHaveLength(1);
  });

  test('a withdrawn document is not seen; drawn again it is a new version', async () => {
    await putItem('documents', { pk: 'OPEN', sk: 'OPEN' });
    const guard = { table: 'documents', check: { pk: 'OPEN', sk: 'OPEN' }, when: expression`attribute_exists(#pk)` } as const;
    const { documentId } = await addVersion(draft('V5', 'v.5'));
    await withdrawDocument(documentId, 'v.5', { at: '2026-11-03T01:00:00Z', cause: 'test', reason: 'parked' }, guard);
    await published('v.5');
    expect(await visibleDocument(documentId, HOUR)).toBeUndefined();
    expect(await addVersion(draft('V5', 'v.5'))).toMatchObject({ version: 2 });
  });

  test('many at once, more than a transaction takes', async () => {
    await published('v.6');
    const many = Array.from({ length: 170 }, (_, index) => draft(`M${index}`, 'v.6'));
    expect(await addVersions(many)).toHaveLength(170);
    expect((await addVersions(many)).every(({ version }) => version === 1)).toBe(true);
  });
});
