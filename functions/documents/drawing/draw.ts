import PDFDocument from 'pdfkit';
import type { Layout } from '../layout/page.ts';
import { PAGE } from '../layout/style.ts';
import { faceOf } from '../typesetting/face.ts';
import { contentOf } from './content.ts';
import { fontProgram } from './font-program.ts';
import { metadataOf } from './metadata.ts';
import { type UsedFont, UsedFonts } from './used-fonts.ts';

/** The parts of pdfkit that its type declarations leave out: the catalogue, a page's font resources, compressed objects. */
interface PdfInternals {
  _root: { data: Record<string, unknown> };
  page: { fonts: Record<string, PdfObject> };
  endMetadata(): void;
  ref(data: object): PdfObject;
}

interface PdfObject {
  compress: boolean;
  write(bytes: Uint8Array): void;
  end(bytes?: Uint8Array): void;
  data: object;
}

const PRODUCER = 'carrierpost';

/** Flags of a font that is neither fixed, serif nor script, with glyphs beyond standard Latin (ISO 32000-1, table 123). */
const SYMBOLIC = 4;

/**
 * Draws a layout as a PDF. pdfkit keeps objects, pages and the file's structure; text is written straight into the content
 * streams, and fonts are embedded from programs that are made once per process. The same layout is the same bytes.
 */
export function draw(layout: Layout): Promise<Buffer> {
  const document = openDocument(layout);
  const internals = document as unknown as PdfInternals;
  const bytes = collected(document);
  const fonts = new UsedFonts();
  const objects = new Map<string, PdfObject>();
  for (const page of layout.pages) {
    document.addPage();
    const content = contentOf(page, PAGE.height, fonts);
    for (const { resource } of fonts.all()) {
      const object = objects.get(resource) ?? internals.ref({});
      objects.set(resource, object);
      internals.page.fonts[resource] = object;
    }
    document.addContent(`1 0 0 -1 0 ${PAGE.height} cm\n${content}`);
  }
  for (const font of fonts.all()) {
    const object = objects.get(font.resource);
    if (object) embed(internals, font, object);
  }
  internals.endMetadata = () => writeMetadata(internals, layout);
  document.end();
  return bytes;
}

function openDocument({ title, author, subject, language, date }: Layout): PDFKit.PDFDocument {
  const info = {
    Title: title,
    Author: author,
    Subject: subject,
    Creator: PRODUCER,
    Producer: PRODUCER,
    CreationDate: new Date(`${date}T00:00:00Z`),
  };
  return new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info,
    ...WITHOUT_STANDARD_FONT,
  });
}

/** pdfkit opens Helvetica unless the font is null, which its type declarations do not know. */
const WITHOUT_STANDARD_FONT: object = { font: null };

/** A composite font whose codes are the subset's glyphs (ISO 32000-1, 9.7). */
function embed(internals: PdfInternals, { name, further }: UsedFont, object: PdfObject): void {
  const { font } = faceOf(name);
  const program = fontProgram(name, further);
  const scale = 1000 / font.unitsPerEm;
  const { minX, minY, maxX, maxY } = font.bbox;
  const file = written(internals, { Filter: 'FlateDecode', Length1: program.fileLength }, program.file);
  const descriptor = written(internals, {
    Type: 'FontDescriptor',
    FontName: program.name,
    Flags: SYMBOLIC,
    FontBBox: [minX * scale, minY * scale, maxX * scale, maxY * scale],
    ItalicAngle: 0,
    Ascent: font.ascent * scale,
    Descent: font.descent * scale,
    CapHeight: font.capHeight * scale,
    XHeight: font.xHeight * scale,
    StemV: name.endsWith('bold') ? 120 : 80,
    FontFile2: file,
  });
  const descendant = written(internals, {
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: program.name,
    CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
    FontDescriptor: descriptor,
    W: [0, program.widths],
    CIDToGIDMap: 'Identity',
  });
  object.data = {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: program.name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: written(internals, { Filter: 'FlateDecode' }, program.toUnicode),
  };
  object.end();
}

/** Metadata of our own: pdfkit's does not escape what XML wants escaped. */
function writeMetadata(internals: PdfInternals, layout: Layout): void {
  const packet = internals.ref({ Type: 'Metadata', Subtype: 'XML' });
  packet.compress = false;
  packet.end(Buffer.from(metadataOf(layout, PRODUCER)));
  internals._root.data.Metadata = packet;
}

function written(internals: PdfInternals, data: object, bytes?: Uint8Array): PdfObject {
  const object = internals.ref(data);
  object.end(bytes);
  return object;
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
