import type { Phase } from '@tocsin/runbook';
import type { Person } from '#oncall';
import type { Draft } from '../draft.ts';
import { openLinesOf } from './checklist-rules.ts';
import { minuteMs } from './durations.ts';
import { drillLine, subjectOf, utc } from './page-text.ts';
import { whatPhaseWaitsFor } from './phase-done.ts';
import { canBeReached } from './who-to-wake.ts';

/** Whom to tell that a phase is over its window, or why nobody. */
export function whomToNudge({ incident, input }: Draft): Person | string {
  if (incident.snoozedUntil !== null) return `quiet was asked for until ${utc(incident.snoozedUntil)}`;
  const found = (input.inCharge ?? []).find((one) => canBeReached(one, new Set()));
  return found ?? 'nobody who can be reached is in charge';
}

/** Informs somebody, once a phase; it wakes nobody else, and has no clock. */
export function nudge(draft: Draft, phase: Phase, person: Person): void {
  const { incident } = draft;
  draft.order({
    kind: 'nudge',
    id: `${incident.id}-phase-${phase.n}`,
    person: person.id,
    subject: subjectOf(incident, `phase ${phase.n}, ${phase.name}, is over its window: ${incident.title}`),
    text: textOf(draft, phase).join('\n'),
  });
}

function textOf({ incident, input }: Draft, phase: Phase): readonly string[] {
  const after = phase.toMinutes ?? 0;
  const overdueMinutes = Math.floor((input.at - incident.detectedAt) / minuteMs) - after;
  const overdue = overdueMinutes < 1 ? 'has just ended' : `has been over for ${overdueMinutes} min`;
  const lines = openLinesOf(incident, phase.name);
  return [
    `Phase ${phase.n}, ${phase.name}: its window ${overdue} (${after} min after detection at ${utc(incident.detectedAt)}). It waits for ${whatPhaseWaitsFor(phase)}.`,
    lines.length === 0 ? 'Nothing of its checklist is open.' : 'Open on its checklist:',
    ...lines.map((text) => `- ${text}`),
    `${incident.severity}: ${incident.severityReason}`,
    'Why you: you answer for the incident. This informs you; nobody else is called for it.',
    ...drillLine(incident),
  ];
}
