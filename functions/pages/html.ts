/** A piece of HTML that is safe to show. */
export interface Html {
  readonly html: string;
}

type Insert = string | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Writes HTML: what is interpolated is escaped, unless it was made by `html` itself.
 * @example html`<p>${name}</p>`
 */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  const pieces = parts.map((part, index) => part + (index < inserts.length ? written(inserts[index] as Insert) : ''));
  return { html: pieces.join('') };
}

function written(insert: Insert): string {
  if (typeof insert === 'string') return insert.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
  return 'html' in insert ? insert.html : insert.map((piece) => piece.html).join('');
}
