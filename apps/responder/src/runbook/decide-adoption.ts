import type { Change } from '@tocsin/runbook';

/** How an edited runbook gets into use: by itself where it weakens nothing, or always after a person's yes. */
export type AdoptPolicy = 'automatic' | 'after-review';

/**
 * `same`: nothing to do. `refuse`: the version in use stays. `take`: at once. `show-then-take`: its changes are recorded and
 * shown, then it is taken. `wait`: for a person's yes.
 */
export type AdoptionVerdict = 'same' | 'refuse' | 'take' | 'show-then-take' | 'wait';

export interface Adoption {
  readonly verdict: AdoptionVerdict;
  readonly because: string;
}

/** A version that the file holds now, as far as the decision goes. */
export interface NextVersion {
  readonly hash: string;
  /** Number of problems of the level `error`. */
  readonly errors: number;
  /** What it does differently from the version in use. */
  readonly changes: readonly Change[];
}

/** What becomes of the text that the file holds. `inUse` is null before the first version. Pure. */
export function decideAdoption(
  inUse: { readonly hash: string } | null,
  next: NextVersion,
  policy: AdoptPolicy,
): Adoption {
  if (inUse?.hash === next.hash)
    return { verdict: 'same', because: 'the file holds the version that is in use' };
  if (next.errors > 0) return { verdict: 'refuse', because: `it has ${count(next.errors, 'error')}` };
  if (inUse === null) return { verdict: 'take', because: 'it is the first version' };
  if (next.changes.length === 0)
    return { verdict: 'take', because: 'only prose was edited: it does the same as before' };
  return showOrWait(next, policy);
}

function showOrWait({ changes }: NextVersion, policy: AdoptPolicy): Adoption {
  const weaker = changes.filter((change) => change.weight === 'weaker').length;
  const all = count(changes.length, 'change');
  if (weaker > 0) return { verdict: 'wait', because: `${all}, of which ${weaker} weaker` };
  const because = `${all}, none of them weaker`;
  return { verdict: policy === 'after-review' ? 'wait' : 'show-then-take', because };
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
