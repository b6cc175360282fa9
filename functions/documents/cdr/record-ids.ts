const START = 1 << 16;
const MAX_LOAD = 0.6;

/**
 * The ids seen so far, as 64-bit hashes in a flat table: 8 bytes a slot, some 16 MB for a million calls.
 * Two different ids share a hash with a chance of 10^-7 in a million calls; then the sums no longer fit the bill, and the account is parked.
 */
export class RecordIds {
  #high = new Uint32Array(START);
  #low = new Uint32Array(START);
  #count = 0;

  /** Remembers an id; false when it was there. */
  add(bytes: Buffer, start: number, end: number): boolean {
    if (this.#count > this.#low.length * MAX_LOAD) this.#grow();
    let high = 0xdeadbeef;
    let low = 0x41c6ce57;
    for (let at = start; at < end; at++) {
      high = Math.imul(high ^ (bytes[at] as number), 2_654_435_761);
      low = Math.imul(low ^ (bytes[at] as number), 1_597_334_677);
      high ^= high >>> 15;
      low ^= low >>> 13;
    }
    high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
    low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
    // 0/0 marks a free slot.
    return this.#insert(high >>> 0, (low | 1) >>> 0);
  }

  #insert(high: number, low: number): boolean {
    const mask = this.#low.length - 1;
    let slot = high & mask;
    while (this.#low[slot] !== 0) {
      if (this.#low[slot] === low && this.#high[slot] === high) return false;
      slot = (slot + 1) & mask;
    }
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#count++;
    return true;
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(low.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    this.#count = 0;
    for (let slot = 0; slot < low.length; slot++) if (low[slot] !== 0) this.#insert(high[slot] as number, low[slot] as number);
  }
}
