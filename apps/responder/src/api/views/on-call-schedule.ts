import type { Absence, OnCallChangeView, OnCallSchedule, OnCallWarning, Override } from '@tocsin/contract';
import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import {
  type LiveTeam,
  type OnCallChange,
  type Shift,
  shiftsBetween,
  type Warning,
  watchAhead,
} from '#oncall';
import { iso } from './iso.ts';
import { actorView, type NameOf, namesOf } from './names.ts';

/** Who is on call from `from` to `to`, gaps and overlaps, and the overrides and absences that are not over. */
export function onCallSchedule(
  live: Pick<LiveTeam, 'current' | 'state'>,
  plan: Plan,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): OnCallSchedule {
  const team = live.current();
  const nameOf = namesOf(team.people);
  return {
    from: iso(from),
    to: iso(to),
    schedules: [...team.rosters.values()].map((roster) => ({
      id: roster.schedule.id,
      name: roster.schedule.name ?? roster.schedule.id,
      zone: roster.schedule.zone,
      layers: roster.schedule.layers.map((one) => one.id),
      shifts: shiftsBetween(roster, from, to).map((one) => shiftView(one, nameOf)),
    })),
    warnings: watchAhead(team, plan, from, to).map(warningView),
    changes: changesOf(live, nameOf, from),
    people: team.people.filter((one) => !one.drill).map(({ id, name }) => ({ id, name })),
  };
}

/** A gap or an overlap on the wire. */
export function warningView(warning: Warning): OnCallWarning {
  return { ...warning, from: iso(warning.from), to: iso(warning.to) };
}

function shiftView(shift: Shift, nameOf: NameOf): OnCallSchedule['schedules'][number]['shifts'][number] {
  return {
    ...shift,
    from: iso(shift.from),
    to: iso(shift.to),
    name: nameOf(shift.person),
    instead: shift.instead === null ? null : nameOf(shift.instead),
  };
}

function changesOf(live: Pick<LiveTeam, 'state'>, nameOf: NameOf, now: EpochMs): OnCallChangeView[] {
  const { inUse, changes } = live.state();
  const { overrides, away } = inUse.document;
  return [
    ...overrides.map((one) => ofDocument('override', one, nameOf)),
    ...away.map((one) => ofDocument('away', one, nameOf)),
    ...changes.filter((one) => one.endedAt === null).map((one) => entered(one, nameOf)),
  ]
    .filter((one) => Date.parse(one.to) > now)
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

function ofDocument(
  kind: OnCallChangeView['kind'],
  one: Absence | Override,
  nameOf: NameOf,
): OnCallChangeView {
  const where =
    'schedule' in one
      ? { schedule: one.schedule, layer: one.layer ?? null }
      : { schedule: null, layer: null };
  const span = { from: iso(Date.parse(one.from)), to: iso(Date.parse(one.to)) };
  return {
    id: null,
    kind,
    ...where,
    person: one.person,
    name: nameOf(one.person),
    ...span,
    note: null,
    by: null,
  };
}

function entered(one: OnCallChange, nameOf: NameOf): OnCallChangeView {
  const { id, kind, schedule, layer, person, note, createdBy } = one;
  const span = { from: iso(one.from), to: iso(one.to) };
  return { id, kind, schedule, layer, person, name: nameOf(person), ...span, note, by: actorView(createdBy) };
}
