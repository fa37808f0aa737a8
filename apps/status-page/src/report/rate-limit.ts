/** So many within a time, for each visitor and for all together. */
export interface RateLimit {
  /** False: it was too much; nothing is counted then. */
  take(visitor: string, now: number): boolean;
}

interface Limits {
  readonly perVisitor: number;
  readonly forAll: number;
  readonly withinMs: number;
}

/** Counts in windows that slide; remembers no visitor for longer than the time. */
export function createRateLimit({ perVisitor, forAll, withinMs }: Limits): RateLimit {
  let taken: readonly { readonly visitor: string; readonly at: number }[] = [];
  return {
    take(visitor, now) {
      taken = taken.filter(({ at }) => at > now - withinMs);
      const own = taken.filter((one) => one.visitor === visitor).length;
      if (own >= perVisitor || taken.length >= forAll) return false;
      taken = [...taken, { visitor, at: now }];
      return true;
    },
  };
}
