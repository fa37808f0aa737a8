import type { Cadence, Mailing, Plan, Trigger } from '@tocsin/runbook';
import { minuteMs } from '../rules/durations.ts';
import type { UpdateAudience } from './update.ts';

/** How often an audience is told, as the document says. */
export interface UpdateClock {
  readonly audience: UpdateAudience;
  /** From detection, or from when the severity came that it is meant for, to the first one. */
  readonly firstMs: number;
  /** Null: once, and once more at the end. */
  readonly everyMs: number | null;
  /** Severities that it runs for; null: all. */
  readonly severities: readonly string[] | null;
  /** How long before it is due somebody is reminded. */
  readonly leadMs: number;
  /** How long after it was due it counts as missed. */
  readonly graceMs: number;
}

const order: readonly UpdateAudience[] = ['internal', 'status-page', 'customers', 'executives'];
/** A mailing without a time of its own comes with the status page, or after this. */
const mailingMinutes = 30;
const leadMinutes = 3;
const graceMinutes = 2;

const mail = /e-?mail/i;
const page = /status.?page|statusseite|page d.état|página de estado/i;

/** The clocks of a plan, at most one an audience. */
export function updateClocks(plan: Plan): readonly UpdateClock[] {
  return order.flatMap((audience) => clockOf(plan, audience) ?? []);
}

function clockOf(plan: Plan, audience: UpdateAudience): UpdateClock | null {
  const isFor = (one: Cadence | Trigger | Mailing): boolean => audienceOf(one) === audience;
  const every = least(plan.cadences.filter(isFor).map((one) => one.everyMinutes));
  const after = least(plan.triggers.filter(isFor).map((one) => one.afterMinutes));
  const mailings = (plan.mailings ?? []).filter(
    (one) => one.audience === 'customers' && audience === 'customers',
  );
  const first = after ?? every ?? (mailings.length === 0 ? null : mailingTime(plan));
  if (first === null) return null;
  const shortest = Math.min(first, every ?? first);
  const leadMs = minutesOf(plan, 'updates.reminder-minutes', leadMinutes, shortest) * minuteMs;
  return {
    audience,
    // "Lasting more than an hour": nobody is told before, so the reminder comes at the hour.
    firstMs: first * minuteMs + (after === null ? 0 : leadMs),
    everyMs: every === null ? null : every * minuteMs,
    severities: mailings.length === 0 ? null : [...new Set(mailings.flatMap((one) => one.severities))],
    leadMs,
    graceMs: minutesOf(plan, 'updates.grace-minutes', graceMinutes, shortest) * minuteMs,
  };
}

/** The document's customers are those who read the status page, unless it speaks of e-mail alone. */
function audienceOf({ audience, text }: Cadence | Trigger | Mailing): UpdateAudience {
  if (audience !== 'customers') return audience;
  return mail.test(text) && !page.test(text) ? 'customers' : 'status-page';
}

function mailingTime(plan: Plan): number {
  const outside = plan.cadences.filter((one) => audienceOf(one) === 'status-page');
  return least(outside.map((one) => one.everyMinutes)) ?? mailingMinutes;
}

/** A setting of the front matter, else the usual; never more than a fifth of the interval. */
function minutesOf(plan: Plan, setting: string, usual: number, interval: number): number {
  const said = Number(plan.settings[setting]);
  return Math.min(said > 0 ? said : usual, interval / 5);
}

function least(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : Math.min(...numbers);
}
