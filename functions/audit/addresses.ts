const ADDRESS = /[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g;

/** A text without the addresses in it: what is kept for years outlives the erasure of whom they belong to. */
export function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, '(an address)');
}
