import type { EpochMs } from '#facts';

/** An instant as the wire writes it. */
export function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

/** The same for one that may not have come yet. */
export function isoOrNull(at: EpochMs | null): string | null {
  return at === null ? null : iso(at);
}
