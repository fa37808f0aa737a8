import type { Absence, Override, Schedule, TeamDocument } from '@tocsin/contract';
import type { Device } from '../devices/device.ts';
import { withDevices } from '../devices/with-devices.ts';
import type { Actor } from '../on-call-actor.ts';
import type { Person } from '../on-call-view.ts';
import type { Roster } from '../schedule/roster.ts';
import { unlessUnreadable } from '../schedule/unless-unreadable.ts';
import { wallAt } from '../schedule/wall-clock.ts';
import type { OnCallChange } from './on-call-change.ts';

/** The people, their schedules and who fills which level or role, before any document is read. */
export interface Team {
  readonly people: readonly Person[];
  /** Escalation level number, or role by id or meaning -> ids of people and schedules, first is primary. */
  readonly onCall: Readonly<Record<string, readonly string[]>>;
  /** By id of the schedule. */
  readonly rosters: ReadonlyMap<string, Roster>;
  readonly away: readonly Absence[];
  readonly readiness: TeamDocument['readiness'];
  readonly approvals: TeamDocument['approvals'];
  readonly external: TeamDocument['external'];
  /** Devices that were a way to wake somebody until lately. */
  readonly goneDevices: readonly Device[];
  /** The person behind an actor; null for the system and for strangers. */
  personOf(actor: Actor): Person | null;
}

/** What of the configuration makes a team. */
export interface TeamConfig {
  readonly people: readonly Person[];
  readonly onCall: Readonly<Record<string, readonly string[]>>;
  readonly schedules?: readonly Schedule[];
  readonly overrides?: readonly Override[];
  readonly away?: readonly Absence[];
  readonly readiness?: TeamDocument['readiness'];
  readonly approvals?: TeamDocument['approvals'];
  readonly external?: TeamDocument['external'];
  readonly smtp?: unknown;
  /** Browsers that people have added. */
  readonly devices?: readonly Device[];
}

/**
 * The team of a configuration, with what people have changed since. Without a mail server nobody has an e-mail contact: the inbox is
 * then the way to be reached.
 */
export function createTeam(config: TeamConfig, changes: readonly OnCallChange[] = []): Team {
  const devices = config.devices ?? [];
  const written = config.smtp === undefined ? config.people.map(withoutMail) : config.people;
  const people = withDevices(written, devices);
  const byId = new Map(people.map((person) => [person.id, person]));
  const running = changes.filter((one) => one.endedAt === null && byId.has(one.person));
  const away = [...(config.away ?? []), ...running.flatMap(absenceOf)];
  const overrides = [...(config.overrides ?? []), ...running.flatMap(overrideOf)];
  const rosters = (config.schedules ?? []).map((schedule): [string, Roster] => [
    schedule.id,
    { schedule, away, overrides: overrides.filter((one) => isOf(one, schedule)) },
  ]);
  return {
    people,
    onCall: config.onCall,
    rosters: new Map(rosters),
    away,
    readiness: readable(config.readiness),
    approvals: config.approvals,
    external: config.external,
    goneDevices: devices.filter((one) => one.goneAt !== null),
    personOf: (actor) => (actor.kind === 'system' ? null : (byId.get(actor.id) ?? null)),
  };
}

/** A stored zone that a newer system has no more must not keep the daily look from taking place: it is at that time in UTC then. */
function readable(readiness: TeamConfig['readiness']): TeamConfig['readiness'] {
  if (readiness === undefined) return readiness;
  return unlessUnreadable<TeamConfig['readiness']>(
    () => (wallAt(0, readiness.zone), readiness),
    () => ({ ...readiness, zone: 'UTC' }),
  );
}

/** An override of a layer that a newer team does not have bears on nothing. */
function isOf(one: Override, schedule: Schedule): boolean {
  const { layer } = one;
  if (one.schedule !== schedule.id) return false;
  return layer === undefined || schedule.layers.some(({ id }) => id === layer);
}

function absenceOf(one: OnCallChange): Absence[] {
  return one.kind === 'away' ? [{ person: one.person, ...spanOf(one) }] : [];
}

function overrideOf(one: OnCallChange): Override[] {
  if (one.kind !== 'override') return [];
  const { person, schedule, layer } = one;
  return [{ schedule, person, ...spanOf(one), ...(layer === null ? {} : { layer }) }];
}

function spanOf({ from, to }: OnCallChange): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function withoutMail(person: Person): Person {
  const contacts = person.contacts.filter((contact) => contact.channel !== 'email');
  return { ...person, contacts: contacts.length > 0 ? contacts : [{ channel: 'inbox' }] };
}
