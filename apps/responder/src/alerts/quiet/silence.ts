import type { EpochMs } from '#facts';
import type { Matcher } from '../match/matcher.ts';

/** Alerts that match are kept back while it is active. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly createdBy: string;
  readonly comment: string;
  readonly updatedAt: EpochMs;
}

export type SilenceState = 'pending' | 'active' | 'expired';

export function silenceState(silence: Pick<Silence, 'startsAt' | 'endsAt'>, at: EpochMs): SilenceState {
  if (at >= silence.endsAt) return 'expired';
  return at < silence.startsAt ? 'pending' : 'active';
}
