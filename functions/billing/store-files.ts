import { Readable } from 'node:stream';
import pLimit from 'p-limit';
import { bucketNamed } from '../aws/environment.ts';
import { putObject, putObjectStream } from '../aws/objects.ts';
import type { Write } from '../aws/tables.ts';
import { contentTypeOf } from '../documents/portal-key.ts';
import { addVersions, type DocumentVersion, type Happening } from '../documents/records.ts';
import type { AccountDocument } from './account.ts';
import type { AccountFile } from './account-files.ts';

const PARALLEL_UPLOADS = 8;

/**
 * Records the files as versions of their documents and stores their bytes, unseen until the publication.
 * Bytes that an earlier publication showed already are neither recorded nor stored again.
 * @param guard must hold while versions are recorded
 * @param made when the bytes were made, and the event that made them
 */
export async function storeFiles(runId: string, files: readonly AccountFile[], guard: Write, made: Happening): Promise<AccountDocument[]> {
  const versions = await addVersions(
    files.map(({ draft }) => ({ ...draft, made })),
    [guard],
  );
  const limit = pLimit(PARALLEL_UPLOADS);
  const fresh = files.flatMap((file, index) => {
    const version = versions[index];
    return version && version.publicationId === runId ? [{ file, version }] : [];
  });
  await Promise.all(fresh.map(({ file, version }) => limit(() => upload(file, version))));
  return versions.map((version) => documentOf(runId, version));
}

async function upload({ open }: AccountFile, { key, format, sha256 }: DocumentVersion): Promise<void> {
  const body = open();
  const filename = key.slice(key.lastIndexOf('/') + 1);
  const object = {
    bucket: bucketNamed('portal'),
    key,
    contentType: contentTypeOf(format),
    disposition: `attachment; filename="${filename}"`,
  };
  if (body instanceof Readable) await putObjectStream({ ...object, body, sha256 });
  else await putObject({ ...object, body });
}

function documentOf(runId: string, version: DocumentVersion): AccountDocument {
  const { documentId, version: n, kind, format, number, key, sha256, bytes, publicationId } = version;
  return { documentId, version: n, kind, format, number, key, sha256, bytes, fresh: publicationId === runId };
}
