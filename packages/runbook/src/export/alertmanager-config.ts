import type { Plan, Role } from '../plan.ts';
import { receiversOf, type Receiver } from './receivers.ts';
import type { Note } from './rule.ts';

interface Route {
  receiver: string;
  matchers?: string[];
  group_by?: string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  continue?: boolean;
  routes?: Route[];
}

/** A configuration of Alertmanager. */
export interface AlertmanagerConfig {
  config: {
    route: Route;
    inhibit_rules: { source_matchers: string[]; target_matchers: string[]; equal: string[] }[];
    receivers: { name: string }[];
  };
  /** Who each receiver is, in words, by its name. */
  whoIs: Record<string, string>;
  notes: Note[];
}

const GROUP_INTERVAL_SECONDS = 60;

/** Routes and receivers for the alerts of `prometheusRules`. Pure. */
export function alertmanagerConfig(plan: Plan): AlertmanagerConfig {
  const receivers = receiversOf(plan);
  const database = databaseRoute(plan, receivers);
  return {
    config: {
      route: rootRoute(plan, receivers, database),
      inhibit_rules: inhibitions(plan, database.length > 0),
      receivers: receivers.map(({ name }) => ({ name })),
    },
    whoIs: Object.fromEntries(receivers.map(({ name, who }) => [name, who])),
    notes: [...escalationNotes(plan), ...communicationNotes(plan)],
  };
}

function rootRoute(plan: Plan, receivers: Receiver[], before: Route[]): Route {
  const first = receivers[0]?.name ?? 'on-call';
  const repeat = repeatSeconds(plan);
  const interval = Math.min(GROUP_INTERVAL_SECONDS, repeat ?? GROUP_INTERVAL_SECONDS);
  return {
    receiver: first,
    group_by: ['runbook'],
    group_wait: '5s',
    group_interval: duration(interval),
    ...(repeat === null ? {} : { repeat_interval: duration(repeat) }),
    routes: [...before, ...severityIds(plan).map((id) => severityRoute(plan, id, first))],
  };
}

function severityRoute(plan: Plan, id: string, receiver: string): Route {
  return { receiver, matchers: [runbookMatcher(plan), matcher('severity', id)] };
}

/** The database role hears of the database beside the first level, not instead of it. */
function databaseRoute(plan: Plan, receivers: Receiver[]): Route[] {
  const receiver = receivers.find(({ role }) => role !== undefined && isDatabaseRole(role));
  const isWatched = plan.detectors.some(({ kind, manual }) => kind === 'database-connections' && !manual);
  if (receiver === undefined || !isWatched) return [];
  const matchers = [runbookMatcher(plan), matcher('detector', 'database-connections')];
  return [{ receiver: receiver.name, matchers, continue: true }];
}

function isDatabaseRole({ name, title }: Role): boolean {
  return /\bdba\b|database|datenbank/i.test(`${name} ${title}`);
}

/** A graver alert of the same runbook keeps the lesser ones quiet: one outage, one page. What a role of its own hears of stays. */
function inhibitions(plan: Plan, hasDatabaseRoute: boolean): AlertmanagerConfig['config']['inhibit_rules'] {
  const ids = severityIds(plan);
  return ids.slice(0, -1).map((id, index) => ({
    source_matchers: [runbookMatcher(plan), matcher('severity', id)],
    target_matchers: [
      `severity=~${JSON.stringify(ids.slice(index + 1).join('|'))}`,
      ...(hasDatabaseRoute ? ['detector!="database-connections"'] : []),
    ],
    equal: ['runbook'],
  }));
}

function severityIds(plan: Plan): string[] {
  return [...new Set(plan.severities.map(({ id }) => id))];
}

function runbookMatcher(plan: Plan): string {
  return matcher('runbook', plan.name);
}

function matcher(label: string, value: string): string {
  return `${label}=${JSON.stringify(value)}`;
}

/** The shortest internal cadence: how often people are told again. */
function repeatSeconds(plan: Plan): number | null {
  const minutes = plan.cadences
    .filter(({ audience }) => audience === 'internal')
    .map(({ everyMinutes }) => everyMinutes);
  return minutes.length === 0 ? null : Math.max(1, Math.round(Math.min(...minutes) * 60));
}

function duration(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

function escalationNotes({ escalation, phases }: Plan): Note[] {
  const later = escalation.slice(1).map(({ level, target, fromMinutes, source }) => ({
    line: source.line,
    text: `${level} (${target}) after ${fromMinutes} minutes: Alertmanager does not count the time since detection, so no route leads to this receiver`,
  }));
  const end = phases[0]?.toMinutes ?? null;
  const acknowledged =
    end === null
      ? []
      : [
          {
            line: phases[0]?.source.line ?? 1,
            text: `an alert that nobody acknowledges within ${end} minutes moves on: Alertmanager knows no acknowledgment, it only repeats`,
          },
        ];
  return [...later, ...acknowledged];
}

function communicationNotes({ cadences, triggers }: Plan): Note[] {
  return [
    ...cadences
      .filter(({ audience }) => audience !== 'internal')
      .map(({ audience, everyMinutes, source }) => ({
        line: source.line,
        text: `${audience} updated every ${everyMinutes} minutes: an alert is no text for them, so no route leads there`,
      })),
    ...triggers.map(({ audience, afterMinutes, source }) => ({
      line: source.line,
      text: `${audience} told after ${afterMinutes} minutes: Alertmanager does not count the time since detection`,
    })),
  ];
}
