import type { EpochMs, RestrictedFlag } from '#facts';
import type { Labels } from '../incoming.ts';

/** One alert as it is stored. */
export interface AlertRow {
  readonly fingerprint: string;
  readonly source: string;
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly generatorUrl: string;
  readonly severity: string | null;
  /** 0 is the gravest severity; -1 a flag; 99 no severity. */
  readonly rank: number;
  readonly flag: RestrictedFlag | null;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly receivedAt: EpochMs;
  readonly acknowledgedAt: EpochMs | null;
  readonly restarts: number;
  /** It flaps: it is held active until then. Null: it does not. */
  readonly heldUntil: EpochMs | null;
}

export const alertColumns = `fingerprint, source, name, labels, annotations, generator_url as "generatorUrl", severity, rank,
  flag, starts_at as "startsAt", ends_at as "endsAt", received_at as "receivedAt", acknowledged_at as "acknowledgedAt",
  cardinality(restarts) as restarts, held_until as "heldUntil"`;
