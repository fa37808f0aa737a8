import type { EpochMs } from './epoch-ms.ts';

/** What a report or an alert puts at risk beyond availability; such an incident is restricted. */
export type RestrictedFlag = 'integrity' | 'security';

/** An alert of another tool that is active now and neither silenced nor inhibited (source class E). */
export interface AlertFact {
  /** Same while the sender means the same alert: hash of its labels, or the sender's own key. */
  readonly fingerprint: string;
  readonly name: string;
  /** How it came in, for example `alertmanager` or `pagerduty`. */
  readonly source: string;
  /** A severity id of the runbook, by the sender's word and the configured mapping; null when it says none. */
  readonly severity: string | null;
  readonly flag: RestrictedFlag | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly startsAt: EpochMs;
  readonly receivedAt: EpochMs;
}
