import type { EpochMs } from '#facts';

/** The time of the newest record, as a diagnosis carries it; nothing without records. */
export function seenAt(records: readonly EpochMs[]): { readonly seenAt?: EpochMs } {
  return records.length === 0 ? {} : { seenAt: Math.max(...records) };
}
