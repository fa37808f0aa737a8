import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { minuteMs } from '../rules/durations.ts';

/** An audience is due an update. Cadences go on until the incident is stable; overdue ticks count as one. */
export function updateDue(draft: Draft, timer: Timer): Decision {
  const { incident, input } = draft;
  if (incident.status === 'stable') return nothing('the incident is stable');
  const audience = timer.key.replace(/^trigger:/, '');
  draft.add({ type: 'update-due', audience });
  const cadence = input.plan.cadences.find((one) => one.audience === timer.key);
  if (cadence !== undefined) {
    const everyMs = cadence.everyMinutes * minuteMs;
    const passed = Math.floor((input.at - incident.detectedAt) / everyMs);
    const dueAt = incident.detectedAt + (passed + 1) * everyMs;
    draft.order({ kind: 'set-timer', timer: { kind: 'update', dueAt, key: timer.key } });
  }
  return draft.done(
    cadence === undefined ? 'the incident has lasted so long' : `every ${cadence.everyMinutes} minutes`,
  );
}
