import type { Draft } from '../draft.ts';
import { giveTurn, readsWaitUntil } from './step-turn.ts';

/** The turn goes to whom it belongs. A read that never ends says nothing: without a clock the step would wait for the next word about something else. */
export function afterApproval(draft: Draft, stepId: string): void {
  giveTurn(draft);
  const now = draft.incident.steps.find((one) => one.id === stepId);
  const until = now?.readyAt === null ? readsWaitUntil(draft.incident, draft.input.at) : null;
  if (until !== null)
    draft.order({ kind: 'set-timer', timer: { kind: 'approval', dueAt: until, key: stepId } });
}
