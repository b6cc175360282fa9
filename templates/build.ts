import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import mjml2html from 'mjml';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const BUILT = fileURLToPath(new URL('../build/templates/templates.mjs', import.meta.url));

/** `strict`: a fact that is missing stops the email. `knownHelpersOnly`: a name in the data never becomes code. */
const HANDLEBARS = { strict: true, knownHelpersOnly: true, knownHelpers: { link: true } } as const;

/** The words of a kind in one language: keys with text, `variants` one level deeper. */
export type Words = { readonly [key: string]: string | Words };

export interface KindSource {
  readonly kind: string;
  readonly mjml: string;
  readonly text: string;
  readonly words: Readonly<Record<string, Words>>;
}

/** Every kind: its layout, its text part and its words in each language. */
export async function readKinds(): Promise<KindSource[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true, recursive: true });
  const folders = entries.filter(({ name }) => name === 'layout.mjml').map(({ parentPath }) => parentPath);
  return Promise.all(folders.sort().map(readKind));
}

/**
 * Compiles every kind into one ES module: MJML to HTML to a precompiled Handlebars template, the words as data.
 * @returns the module's file, `build/templates/templates.mjs`
 */
export async function buildTemplates(): Promise<string> {
  const kinds = await readKinds();
  const entries = await Promise.all(kinds.map(moduleEntry));
  const version = createHash('sha256').update(entries.join()).digest('hex').slice(0, 12);
  const module = `export const version = '${version}';\nexport const templates = {\n${entries.join(',\n')}\n};\n`;
  await mkdir(join(BUILT, '..'), { recursive: true });
  // The same again is left as it is: what was made from it does not grow old.
  if ((await readFile(BUILT, 'utf8').catch(() => undefined)) === module) return BUILT;
  // Several processes may build at once; a reader always finds a whole file.
  const fresh = `${BUILT}.${process.pid}`;
  await writeFile(fresh, module);
  await rename(fresh, BUILT);
  return BUILT;
}

/** The HTML of a kind before any fact is filled in. */
export async function compileLayout({ kind, mjml }: KindSource): Promise<string> {
  // Without fonts: the readers' own are fine, and MJML would fetch some from a stranger.
  const { html, errors } = await mjml2html(mjml, { validationLevel: 'strict', keepComments: false, fonts: {} });
  if (errors.length > 0)
    throw new Error(`templates/${kind}/layout.mjml: ${errors.map(({ formattedMessage }) => formattedMessage).join('; ')}`);
  return html;
}

async function readKind(folder: string): Promise<KindSource> {
  const files = await readdir(folder);
  const languages = files.flatMap((file) => /^strings\.(\w+)\.json$/.exec(file)?.[1] ?? []);
  const words = await Promise.all(
    languages.map(async (language) => [language, JSON.parse(await readFile(join(folder, `strings.${language}.json`), 'utf8'))] as const),
  );
  return {
    kind: folder.slice(FOLDER.length),
    mjml: await withParts(await readFile(join(folder, 'layout.mjml'), 'utf8'), 'mjml'),
    text: await withParts(await readFile(join(folder, 'layout.txt'), 'utf8'), 'txt'),
    words: Object.fromEntries(words),
  };
}

/** `[[part]]` stands for `frame/part.mjml`, in a text for `frame/part.txt`. */
async function withParts(source: string, extension: 'mjml' | 'txt'): Promise<string> {
  const names = [...new Set([...source.matchAll(/\[\[([\w-]+)\]\]/g)].map(([, name]) => name as string))];
  const parts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(FOLDER, 'frame', `${name}.${extension}`), 'utf8')] as const),
  );
  return parts.reduce((text, [name, part]) => text.replaceAll(`[[${name}]]`, () => part), source);
}

async function moduleEntry(source: KindSource): Promise<string> {
  const html = Handlebars.precompile(await compileLayout(source), HANDLEBARS);
  const text = Handlebars.precompile(source.text, { ...HANDLEBARS, noEscape: true });
  return `${JSON.stringify(source.kind)}: { html: ${html}, text: ${text}, words: ${JSON.stringify(source.words)} }`;
}

// Asked for by the set-up, because a source is newer: now it is as new as they are, changed or not.
if (process.argv[1] === fileURLToPath(import.meta.url)) await utimes(await buildTemplates(), new Date(), new Date());
