import type { CheckOutcome } from '#facts';

/** What a check was answered. */
export interface Answer {
  readonly outcome: CheckOutcome;
  /** In the dependency's own words; empty when there is nothing to say. */
  readonly detail: string;
  readonly values: Readonly<Record<string, number>>;
}

/** How far a question came. Once something was said, what follows is slow, and not dead. */
export type Stage = 'connected' | 'answering' | 'logged in';

/** How long a question may go on, and how far it came: a silence is told with the last stage that was reached. */
export interface Asking {
  /** Aborts at the time limit: whatever is open must then be let go. */
  readonly signal: AbortSignal;
  reached(stage: Stage): void;
}

/** One question on a connection of its own, as a new client would ask it. Rejects with what the network said. */
export interface Check {
  ask(asking: Asking): Promise<Answer>;
}

export const fine: Answer = { outcome: 'ok', detail: '', values: {} };
