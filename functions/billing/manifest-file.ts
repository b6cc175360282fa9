import { createHash } from 'node:crypto';
import { listing, manifestBytes } from '../documents/manifest.ts';
import type { AccountRecord } from './account.ts';
import { type AccountFile, draftOf } from './account-files.ts';
import type { Run } from './run.ts';

/**
 * The manifest of an account that has documents; undefined for one that has none.
 * @param before what earlier publications of the period made of it, oldest first: the manifest lists everything that stands
 */
export function manifestFile(run: Run, record: AccountRecord, before: readonly AccountRecord[]): AccountFile | undefined {
  const { ocn, bcn, manifest } = record;
  if (!manifest || record.documents.length === 0) return undefined;
  const documents = [...before, record].flatMap((each) => each.documents.filter(({ kind }) => kind !== 'manifest'));
  const standing = [...new Map(documents.map((document) => [document.documentId, document])).values()];
  const body = manifestBytes(listing(manifest, standing));
  const facts = { sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length };
  return { draft: draftOf(run, { ocn, bcn }, 'manifest', 'json', facts), open: () => body, spooled: 0 };
}
