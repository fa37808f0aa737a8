import type { EpochMs } from '#facts';
import type { Actor } from '../actor.ts';
import type { Leak } from './leak.ts';

/** Who is told: the team, everybody on the status page, the affected tenants by e-mail, the executives. */
export type UpdateAudience = 'internal' | 'status-page' | 'customers' | 'executives';

/** How an update says that it stands, in the words of status pages. */
export type UpdateStatus = 'investigating' | 'identified' | 'monitoring' | 'resolved';

/** One text, as it was told to one audience. */
export interface Update {
  /** Unique; the same id is the same update. */
  readonly id: string;
  readonly audience: UpdateAudience;
  readonly status: UpdateStatus;
  readonly body: string;
  /** Of the text, `de`; absent: the configured one. */
  readonly language?: string;
  readonly by: Actor;
  /** When the next one is due; null when the document asks for none. */
  readonly nextDueAt: EpochMs | null;
  /** Tenants that it is for; empty unless it goes to customers. */
  readonly tenants: readonly string[];
  /** What the leak rule found, and why a person sent it all the same. */
  readonly insisted?: { readonly reason: string; readonly found: readonly Leak[] };
}

/** What one audience was told last, and what it waited for in vain. */
export interface ToldAudience {
  readonly lastAt: EpochMs | null;
  readonly lastStatus: UpdateStatus | null;
  readonly lastBody: string | null;
  /** The newest instant at which an update was due and did not come; null once one has. */
  readonly missedAt: EpochMs | null;
  /** How many such instants were found missed, one after the other. */
  readonly missedInRow: number;
}

/** Audiences outside of the company: nothing internal is told them. */
export function isOutside(audience: UpdateAudience): boolean {
  return audience === 'status-page' || audience === 'customers';
}
