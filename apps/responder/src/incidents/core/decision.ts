import type { Command } from './command.ts';
import type { EventBody } from './event.ts';

/** Why an input was not taken: the caller's to see. `code` is of the error catalogue. */
export interface Refusal {
  readonly code: 'not-found' | 'conflict' | 'not-allowed' | 'invalid';
  readonly message: string;
}

/** What follows from one input; `events` may be empty, and `because` then says why nothing happens. */
export type Decision =
  | { readonly events: readonly EventBody[]; readonly commands: readonly Command[]; readonly because: string }
  | { readonly refused: Refusal };
