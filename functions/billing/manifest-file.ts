import { createHash } from 'node:crypto';
import { listing, manifestBytes } from '../documents/manifest.ts';
import type { AccountRecord } from './account.ts';
import { type AccountFile, draftOf } from './account-files.ts';
import type { Run } from './run.ts';

/** The manifest of an account that has documents; undefined for one that has none. */
export function manifestFile(run: Run, { ocn, bcn, documents, manifest }: AccountRecord): AccountFile | undefined {
  if (!manifest || documents.length === 0) return undefined;
  const body = manifestBytes(listing(manifest, documents));
  const facts = { sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length };
  return { draft: draftOf(run, { ocn, bcn }, 'manifest', 'json', facts), open: () => body, spooled: 0 };
}
