import type { OnCallSchedule } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { decideReadiness, readinessPlan, readLastCheck } from '#oncall';
import { actorOf } from '../caller.ts';
import type { Context, Handlers } from '../handler.ts';
import { onCallSchedule } from '../views/on-call-schedule.ts';
import { namesOf } from '../views/names.ts';
import { onCallNow } from '../views/on-call-view.ts';
import { readinessView } from '../views/readiness-view.ts';

const dayMs = 86_400_000;
const shownDays = 14;

/** What every change answers: the days to come as they are then. */
function daysAhead({ ports }: Context, now: EpochMs, days = shownDays): OnCallSchedule {
  return onCallSchedule(ports.team, ports.currentPlan().plan, { from: now, to: now + days * dayMs });
}

export const onCallHandlers = {
  onCallNow: ({ ports }, { now }) =>
    Promise.resolve(onCallNow(ports.team.current(), ports.currentPlan().plan, now)),

  onCallSchedule: (context, { now, query }) => Promise.resolve(daysAhead(context, now, query.days)),

  addOverride: async (context, { now, body, caller }) => {
    const { schedule, layer = null, person, note = null } = body;
    const span = { from: instantOr(body.from, now), to: Date.parse(body.to) };
    await context.ports.team.change(
      { kind: 'override', schedule, layer, person, ...span, note },
      actorOf(caller),
    );
    return daysAhead(context, now);
  },

  swapShifts: async (context, { now, body, caller }) => {
    const { schedule, layer = null, note = null } = body;
    const shifts = { one: Date.parse(body.one), other: Date.parse(body.other) };
    await context.ports.team.swap({ schedule, layer, ...shifts, note }, actorOf(caller));
    return daysAhead(context, now);
  },

  addAbsence: async (context, { now, body, caller }) => {
    const { person, note = null } = body;
    const span = { from: instantOr(body.from, now), to: Date.parse(body.to) };
    const draft = { kind: 'away', schedule: null, layer: null, person, ...span, note } as const;
    await context.ports.team.change(draft, actorOf(caller));
    return daysAhead(context, now);
  },

  readiness: async ({ ports }, { now }) => {
    const team = ports.team.current();
    const [facts, last] = await Promise.all([
      ports.comms.readinessFacts(team.people),
      readLastCheck(ports.database, ports.service.id),
    ]);
    const findings = decideReadiness(team, ports.currentPlan().plan, facts, now);
    const { channels } = facts;
    const found = { at: now, findings, channels, next: readinessPlan(team, now) };
    return readinessView(found, last, namesOf(team.people));
  },

  endOnCallChange: async (context, { now, params, caller }) => {
    await context.ports.team.endChange(params.id, actorOf(caller));
    return daysAhead(context, now);
  },
} satisfies Partial<Handlers>;

function instantOr(given: string | undefined, now: EpochMs): EpochMs {
  return given === undefined ? now : Date.parse(given);
}
