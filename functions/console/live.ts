/** Stands in the address of a page that looks again by itself: nobody may be sitting before it. */
export const LIVE = 'live';
/** Stands in the address of a page that somebody told to stand still. */
export const STILL = 'still';
/** Stands in the address of the page after an act: which sentence of the session it shows. */
export const SAID = 'said';

/** An address with some parameters set, and the ones that are not the page's own left out. */
export function addressOf(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  set: Readonly<Record<string, string>> = {},
): string {
  const { [LIVE]: _, [STILL]: __, [SAID]: ___, ...own } = query;
  const all = Object.entries({ ...own, ...set }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return all.length === 0 ? path : `${path}?${new URLSearchParams(all)}`;
}
