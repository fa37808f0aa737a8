import type { EpochMs } from '#facts';
import { AppError } from '#platform';
import type { ChangeDraft } from './on-call-change.ts';
import type { Team } from './team.ts';

/** Throws AppError `invalid` with place, value and what was expected unless the change fits the team. */
export function checkChange(team: Team, draft: ChangeDraft, now: EpochMs): void {
  expectOne(
    'person',
    draft.person,
    team.people.map((one) => one.id),
  );
  if (draft.kind === 'override') {
    expectOne('schedule', draft.schedule, [...team.rosters.keys()]);
    const layers = team.rosters.get(draft.schedule)?.schedule.layers.map((one) => one.id) ?? [];
    if (draft.layer !== null) expectOne('layer', draft.layer, layers);
  }
  if (draft.to <= draft.from) throw invalid('to', iso(draft.to), `an instant after ${iso(draft.from)}`);
  if (draft.to <= now)
    throw invalid('to', iso(draft.to), `an instant that is still to come; it is ${iso(now)}`);
}

function expectOne(place: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw invalid(place, value, `one of ${known.join(', ') || '(there are none)'}`);
}

function invalid(place: string, value: string, expected: string): AppError {
  return new AppError('invalid', `${place}: ${value}; expected ${expected}`);
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
