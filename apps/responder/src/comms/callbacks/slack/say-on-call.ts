import type { OnCallView } from '#oncall';

/** Who would be called now, a line a level and role. */
export function sayOnCall(view: OnCallView | null): string {
  if (view === null) return 'Nobody has said who is on call.';
  const levels = view.levels.map(
    ({ level, target, persons, gap }) =>
      `Level ${level}, ${target}: ${namesOf(persons)}${gap === undefined ? '' : ` (${gap})`}`,
  );
  const roles = Object.entries(view.roles).map(([role, persons]) => `${role}: ${namesOf(persons)}`);
  return [...levels, ...roles].join('\n') || 'The runbook names no level to call.';
}

function namesOf(persons: readonly { readonly name: string }[]): string {
  return persons.map((one) => one.name).join(', ') || 'nobody';
}
