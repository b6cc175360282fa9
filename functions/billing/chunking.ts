/** An account as the planner finds it. */
export interface PlannedAccount {
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
}

export interface PlannedChunk {
  readonly legalEntityId: string;
  readonly accounts: { readonly bcn: string; readonly ocn: string }[];
}

/** Cuts accounts into chunks of one legal entity each, in their order: one worker per series keeps its numbers in order. */
export function chunksInto(accounts: readonly PlannedAccount[], size: number): PlannedChunk[] {
  const chunks: PlannedChunk[] = [];
  for (const { bcn, ocn, legalEntityId } of accounts) {
    const last = chunks.at(-1);
    if (last && last.legalEntityId === legalEntityId && last.accounts.length < size) last.accounts.push({ bcn, ocn });
    else chunks.push({ legalEntityId, accounts: [{ bcn, ocn }] });
  }
  return chunks;
}
