import type { EpochMs } from '#facts';
import type { NamedActor } from '../on-call-actor.ts';

interface Entry {
  readonly id: string;
  readonly person: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly note: string | null;
  readonly createdAt: EpochMs;
  readonly createdBy: NamedActor;
  /** When somebody took it back; null while it counts. */
  readonly endedAt: EpochMs | null;
}

/** What a person entered beside the team's document: an override of a schedule, or an absence. */
export type OnCallChange =
  | (Entry & { readonly kind: 'override'; readonly schedule: string; readonly layer: string | null })
  | (Entry & { readonly kind: 'away'; readonly schedule: null; readonly layer: null });

type Draft<C extends OnCallChange> = Pick<
  C,
  'kind' | 'schedule' | 'layer' | 'person' | 'from' | 'to' | 'note'
>;

/** A change as it is asked for. */
export type ChangeDraft =
  | Draft<Extract<OnCallChange, { kind: 'override' }>>
  | Draft<Extract<OnCallChange, { kind: 'away' }>>;
