import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import pLimit from 'p-limit';
import { bucketNamed } from '../aws/environment.ts';
import { putObjectStream } from '../aws/objects.ts';
import { Failed, progressBar, UsageError } from './output.ts';

/** A file of an export on disk. */
export interface FolderFile {
  /** Relative to the export, with slashes. */
  readonly path: string;
  readonly bytes: number;
}

/** The folders of an export. What lies beside them (planned works, a README) is not the intake's. */
const FOLDERS = ['directory', 'billing', 'payments'];
const PARALLEL = 8;

/**
 * The files of a carrier's export, by path.
 * @throws UsageError when there is no such folder, Failed when it holds no export
 */
export async function filesOfExport(directory: string): Promise<FolderFile[]> {
  const entry = await stat(directory).catch(() => undefined);
  if (!entry) throw new UsageError(`${directory} does not exist: the folder of a carrier's export is expected`);
  if (!entry.isDirectory()) throw new UsageError(`${directory} is a file: the folder of a carrier's export is expected`);
  const files = (await Promise.all(FOLDERS.map((folder) => filesIn(directory, folder)))).flat();
  if (files.length > 0) return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  throw new Failed(`${directory} holds no carrier's export: files in directory/, billing/<period>/ or payments/ are expected.`);
}

/** Copies the files to the intake bucket below a prefix, streaming. */
export async function uploadFiles(directory: string, files: readonly FolderFile[], prefix: string): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const bar = progressBar('Uploading', total);
  const limit = pLimit(PARALLEL);
  let done = 0;
  const upload = async ({ path, bytes }: FolderFile) => {
    const body = createReadStream(join(directory, path));
    await putObjectStream({ bucket: bucketNamed('intake'), key: `${prefix}${path}`, body, contentType: contentTypeOf(path) });
    done += bytes;
    bar.update(done);
  };
  try {
    await Promise.all(files.map((file) => limit(() => upload(file))));
  } finally {
    bar.stop();
  }
}

async function filesIn(directory: string, folder: string): Promise<FolderFile[]> {
  const entries = await readdir(join(directory, folder), { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path: relative(directory, path).split(sep).join('/'), bytes: (await stat(path)).size };
    }),
  );
}

function contentTypeOf(path: string): string {
  if (path.endsWith('.gz')) return 'application/gzip';
  if (path.endsWith('.csv')) return 'text/csv; charset=utf-8';
  return path.endsWith('.jsonl') ? 'application/jsonl' : 'application/json';
}
