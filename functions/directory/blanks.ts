/** Deeper than any record goes; what is nested deeper stays as it is and fails at its field. */
const MAX_DEPTH = 12;

/** In a carrier's records `null`, `""` and missing mean the same: drops such fields, in nested objects too. */
export function withoutBlanks(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => withoutBlanks(entry, depth + 1));
  const filled = Object.entries(value).filter(([, field]) => field !== null && field !== '');
  return Object.fromEntries(filled.map(([name, field]) => [name, withoutBlanks(field, depth + 1)]));
}

/** The fields of `given` that the schema did not take over into `parsed`, as dotted paths without list positions. */
export function unknownFields(given: unknown, parsed: unknown): string[] {
  if (Array.isArray(given) && Array.isArray(parsed)) {
    return [...new Set(given.flatMap((entry, index) => unknownFields(entry, parsed[index])))];
  }
  if (!isObject(given) || !isObject(parsed)) return [];
  return Object.entries(given).flatMap(([name, field]) => {
    if (!Object.hasOwn(parsed, name)) return [name.slice(0, 80)];
    return unknownFields(field, parsed[name]).map((inner) => `${name}.${inner}`);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
