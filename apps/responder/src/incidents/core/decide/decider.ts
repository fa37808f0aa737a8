import type { Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { InputBody } from '../input.ts';

/** The answer to one kind of input. */
export type Decider<Kind extends InputBody['kind']> = (
  draft: Draft,
  body: Extract<InputBody, { kind: Kind }>,
) => Decision;
