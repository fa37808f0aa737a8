import type { Incident, Incidents } from '#incidents';
import type { Person } from '#oncall';
import type { Answered } from './acknowledge-for.ts';
import { actFor } from './act-for.ts';

/** Calls the next level in the name of a person who answered a page; `to`: the level that they were shown, absent for whichever is next. */
export function escalateFor(
  incidents: Pick<Incidents, 'apply'>,
  incident: Incident,
  { person, via, to }: { readonly person: Person; readonly via: string; readonly to?: number },
): Promise<Answered> {
  const body = { kind: 'escalate', via, ...(to === undefined ? {} : { to }) } as const;
  return actFor(incidents, incident, { person, body, say: (after) => sayEscalated(incident, after, to) });
}

function sayEscalated(before: Incident, after: Incident, to: number | undefined): string {
  const level = after.escalationLevel;
  if (level <= before.escalationLevel || (to !== undefined && level > to))
    return `#${after.number}: level ${to ?? level} was called already.`;
  const page = after.pages.slice(before.pages.length).find((one) => one.cause === 'called');
  return page === undefined
    ? `#${after.number}: level ${level} is called, but nobody of it can be woken.`
    : `#${after.number}: level ${level} is called; ${page.person} is paged.`;
}
