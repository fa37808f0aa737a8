import type { EpochMs } from '#facts';
import type { Diagnosis } from '#diagnosis';
import type { Actor } from './actor.ts';
import type { Page } from './incident.ts';
import type { Timer } from './input.ts';
import type { Update } from './updates/update.ts';

/** What is to be done after the commit. Each is stored as a row in the same transaction as its events. */
export type Command =
  | { readonly kind: 'page'; readonly page: Page; readonly subject: string; readonly text: string }
  /** Informs a person; the same id twice is one. */
  | {
      readonly kind: 'nudge';
      readonly id: string;
      readonly person: string;
      readonly subject: string;
      readonly text: string;
    }
  /** A message to somebody outside. */
  | {
      readonly kind: 'mail-external';
      readonly callId: string;
      readonly address: string;
      readonly subject: string;
      readonly text: string;
    }
  | { readonly kind: 'set-timer'; readonly timer: Timer }
  | { readonly kind: 'gather-evidence'; readonly actionIds: readonly string[] }
  | { readonly kind: 'prepare-steps'; readonly actionIds: readonly string[]; readonly diagnosis: Diagnosis }
  | { readonly kind: 'prepare-undo'; readonly stepId: string; readonly requestedBy: Actor }
  | { readonly kind: 'prepare-asked'; readonly actionId: string; readonly requestedBy: Actor }
  | { readonly kind: 'run-step'; readonly stepId: string }
  | { readonly kind: 'smoke-test' }
  | { readonly kind: 'send-update'; readonly update: Update; readonly at: EpochMs }
  /** Tells a person something that wakes nobody. */
  | { readonly kind: 'remind'; readonly notice: Reminder };

/** A notice; the same id twice is one. */
export interface Reminder {
  readonly id: string;
  readonly person: string;
  readonly subject: string;
  readonly text: string;
}
