/** Cuts a stream into pieces of `size` entries that hold; entries are asked one by one, a piece at a time is in memory. */
export async function* piecesOf<T>(entries: AsyncIterable<T>, size: number, holds: (entry: T) => boolean): AsyncGenerator<T[]> {
  let piece: T[] = [];
  for await (const entry of entries) {
    if (!holds(entry)) continue;
    piece.push(entry);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
