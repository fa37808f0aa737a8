import type { Caller, Verified } from './caller.ts';

interface Remembered {
  readonly caller: Caller;
  readonly until: number;
}

/** Callers of tokens that were verified a moment ago. */
export interface RememberedTokens {
  find(token: string, nowMs: number): Caller | undefined;
  /** Keeps it until its token ends, at most `ageMs`. */
  keep(token: string, verified: Verified, options: { nowMs: number; ageMs: number }): void;
  /** Forgets every token of a caller: its key was revoked. */
  forget(tenant: string, sub: string): void;
}

/** Keeps at most `size` tokens; the oldest goes first. Bounded by the end of each token, so that none outlives its own. */
export function rememberVerified(size: number): RememberedTokens {
  const known = new Map<string, Remembered>();
  return {
    find(token, nowMs) {
      const found = known.get(token);
      if (found === undefined) return undefined;
      if (nowMs < found.until) return found.caller;
      known.delete(token);
      return undefined;
    },
    keep(token, { caller, expiresAt }, { nowMs, ageMs }) {
      const until = Math.min(nowMs + ageMs, expiresAt ?? Number.POSITIVE_INFINITY);
      if (size === 0 || until <= nowMs) return;
      known.delete(token);
      const oldest = known.size >= size ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      known.set(token, { caller, until });
    },
    forget(tenant, sub) {
      for (const [token, { caller }] of known) {
        if (caller.tenant === tenant && caller.sub === sub) known.delete(token);
      }
    },
  };
}
