/** A path of the console with what it leads to. `{name}` stands for one part of the path. */
export interface Path {
  readonly path: string;
}

/** What a path names: letters, digits and what ids are made of. */
const PART = '([A-Za-z0-9][A-Za-z0-9._~-]*)';

/** The entry that a path leads to, with the path's parameters; undefined for a path that leads nowhere. */
export function entryAt<Entry extends Path>(
  entries: readonly Entry[],
  path: string,
): { entry: Entry; parameters: Record<string, string> } | undefined {
  for (const entry of entries) {
    const names = [...entry.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
    const found = new RegExp(`^${entry.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, PART)}$`).exec(path);
    if (found) return { entry, parameters: Object.fromEntries(names.map((name, index) => [name, found[index + 1] as string])) };
  }
  return undefined;
}
