import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';
import { endSnooze } from '../rules/end-snooze.ts';
import { pageLevel, sendPage } from '../rules/page-level.ts';
import { unreachablePeople } from '../rules/page-channels.ts';
import { canBeReached } from '../rules/who-to-wake.ts';

/** The quiet that a person asked for has ended: while the outage lasts, people are called again. */
export function snoozeDue(draft: Draft, timer: Timer): Decision {
  const { incident } = draft;
  if (incident.snoozedUntil !== timer.dueAt) return nothing('it has ended before, or was asked for anew');
  endSnooze(draft, 'its time has passed');
  wakeWhoLeads(draft);
  return draft.done('the outage lasts longer than the quiet that was asked for');
}

/** Its commander knows it best; who is not on call at the first level is woken by name, and the page moves on to that level. */
function wakeWhoLeads(draft: Draft): void {
  const { incident, input } = draft;
  const commander = (input.inCharge ?? []).find((one) => one.id === incident.roles.commander);
  const isFirst = input.onCall.levels[0]?.persons[0]?.id === commander?.id;
  const isAway = (input.onCall.away ?? []).some((one) => one.id === commander?.id);
  if (commander === undefined || isFirst || isAway || !canBeReached(commander, unreachablePeople(incident)))
    return pageLevel(draft, 1, 'snooze-ended');
  sendPage(
    draft,
    { person: commander, level: 1, note: 'you have command', role: 'commander' },
    'snooze-ended',
  );
}
