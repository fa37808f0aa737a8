import { z } from 'zod';
import { instant } from './instant.ts';
import { actorView } from './person.ts';
import { idOfTeam, offsetInstant } from './schedule.ts';

const named = z.object({
  id: z.string(),
  name: z.string(),
  drill: z.boolean(),
  channels: z.array(z.string()),
});

/** Who would be woken now, by escalation level and by role of the document. */
export const onCallNow = z.object({
  at: instant,
  levels: z.array(
    z.object({
      level: z.int(),
      target: z.string(),
      persons: z.array(named),
      /** Why somebody who should fill the level does not; null when all do. */
      gap: z.string().nullable(),
      /** When the first of them is another person, or nobody; null when not within 14 days. */
      until: instant.nullable(),
      /** Who is called first then; empty: nobody. */
      next: z.array(named),
    }),
  ),
  roles: z.array(z.object({ id: z.string(), name: z.string(), persons: z.array(named) })),
});
export type OnCallNow = z.infer<typeof onCallNow>;

/** One person on call for one layer without a break. */
export const shiftView = z.object({
  from: instant,
  to: instant,
  layer: z.string(),
  person: z.string(),
  name: z.string(),
  why: z.enum(['turn', 'stand-in', 'override']),
  /** Name of the person whose turn it would be. */
  instead: z.string().nullable(),
  /** 1 is called first, 2 is next in line. */
  place: z.int(),
});
export type ShiftView = z.infer<typeof shiftView>;

/** Something ahead that somebody should look at. */
export const onCallWarning = z.object({
  kind: z.enum(['gap', 'overlap', 'idle-override', 'same-person', 'not-in-document']),
  where: z.string(),
  from: instant,
  to: instant,
  because: z.string(),
});
export type OnCallWarning = z.infer<typeof onCallWarning>;

/** An override or absence; `id` is null for one that the team's document holds: change it there. */
export const onCallChange = z.object({
  id: z.string().nullable(),
  kind: z.enum(['override', 'away']),
  schedule: z.string().nullable(),
  layer: z.string().nullable(),
  person: z.string(),
  name: z.string(),
  from: instant,
  to: instant,
  note: z.string().nullable(),
  by: actorView.nullable(),
});
export type OnCallChangeView = z.infer<typeof onCallChange>;

/** Who is on call in the days to come, by schedule and layer, and what is wrong with it. */
export const onCallSchedule = z.object({
  from: instant,
  to: instant,
  schedules: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      zone: z.string(),
      layers: z.array(z.string()),
      shifts: z.array(shiftView),
    }),
  ),
  /** Gaps first. */
  warnings: z.array(onCallWarning),
  /** Overrides and absences that are not over. */
  changes: z.array(onCallChange),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type OnCallSchedule = z.infer<typeof onCallSchedule>;

export const scheduleQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(92).default(14) });

const note = z.string().trim().min(1).max(500).optional();

/** Somebody is on call in another's place. Without `from`: from now on. */
export const overrideDraft = z.strictObject({
  schedule: idOfTeam,
  layer: idOfTeam.optional(),
  person: idOfTeam,
  from: offsetInstant.optional(),
  to: offsetInstant,
  note,
});
export type OverrideDraft = z.input<typeof overrideDraft>;

/** Two people take each other's shifts: those that `one` and `other` lie in. */
export const swapDraft = z.strictObject({
  schedule: idOfTeam,
  layer: idOfTeam.optional(),
  one: offsetInstant,
  other: offsetInstant,
  note,
});
export type SwapDraft = z.input<typeof swapDraft>;

/** Somebody cannot be called. Without `from`: from now on. */
export const awayDraft = z.strictObject({
  person: idOfTeam,
  from: offsetInstant.optional(),
  to: offsetInstant,
  note,
});
export type AwayDraft = z.input<typeof awayDraft>;

const finding = z.object({
  kind: z.enum(['channel-dead', 'cannot-be-woken', 'gap', 'never-called', 'unverified']),
  text: z.string(),
});

/** What a channel's provider said when it was asked, without sending, whether it takes our credentials. */
const channelState = z.object({
  /** `sms`, or `sms-2` for the second of its kind. */
  name: z.string(),
  /** `not-checked`: only sending would show it, or the provider had no time for us. */
  state: z.enum(['alive', 'dead', 'not-checked']),
  /** Null when it is alive. */
  reason: z.string().nullable(),
});

/** Whether everybody on call could be woken, by a way that they have verified and a channel that is alive, and no gap is ahead. */
export const readinessView = z.object({
  at: instant,
  /** As of now, the gravest first; empty: all is ready. */
  findings: z.array(finding),
  /** Every configured channel; each is asked at most once a minute. */
  channels: z.array(channelState),
  /** Who is told what the daily look finds; null: there is nobody. */
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** When the next daily look is. */
  nextAt: instant,
  /** The daily look that was had last, and the name of whom it told. */
  last: z.object({ at: instant, findings: z.array(finding), told: z.string().nullable() }).nullable(),
});
export type ReadinessView = z.infer<typeof readinessView>;
