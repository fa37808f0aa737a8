import type { TeamDocument } from '@tocsin/contract';

/** One difference between two teams, in words. */
export interface TeamChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `person ada`, `schedule platform`, `level or role 1`. */
  readonly what: string;
  readonly text: string;
}

/**
 * What a team says differently from the one before, by person, schedule, layer, level, override, absence and external contact; and their
 * order, where it has a meaning: where overrides meet the later counts, and the first admin is told what the readiness check finds.
 */
export function diffTeams(before: TeamDocument, after: TeamDocument): readonly TeamChange[] {
  const old = partsOf(before);
  const fresh = partsOf(after);
  const removed = [...old].filter(([what]) => !fresh.has(what));
  return [
    ...removed.map(([what, part]): TeamChange => ({
      kind: 'removed',
      what,
      text: `${what} removed: ${say(part)}`,
    })),
    ...[...fresh].flatMap(([what, part]) => changeOf(what, old.get(what), part)),
    ...orderChange('people', before.people.map(personName), after.people.map(personName)),
    ...orderChange('overrides', overrideNames(before), overrideNames(after)),
  ];
}

/** Those of both in another order than before. */
function orderChange(of: string, before: readonly string[], after: readonly string[]): TeamChange[] {
  const was = before.filter((one) => after.includes(one));
  const is = after.filter((one) => before.includes(one));
  if (was.every((one, index) => one === is[index])) return [];
  const what = `order of ${of}`;
  return [{ kind: 'changed', what, text: `${what}: ${value(was)} -> ${value(is)}` }];
}

type Part = Readonly<Record<string, unknown>>;

function personName({ id }: { readonly id: string }): string {
  return `person ${id}`;
}

function overrideNames({ overrides }: TeamDocument): string[] {
  return named(overrides.map((one) => `override of ${one.schedule} by ${one.person} from ${one.from}`));
}

/** Two of one name are told apart by their number, or one would hide the other. */
function named(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const nth = names.slice(0, index + 1).filter((one) => one === name).length;
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

/** Everything that can change by itself, under the name that people give it. */
function partsOf(team: TeamDocument): ReadonlyMap<string, Part> {
  const overrides = overrideNames(team);
  const absences = named(team.away.map((one) => `absence of ${one.person} from ${one.from}`));
  return new Map<string, Part>([
    ...team.people.map(({ id, ...part }): [string, Part] => [personName({ id }), part]),
    ...team.schedules.flatMap(({ id, layers, ...part }): [string, Part][] => [
      [`schedule ${id}`, { ...part, layers: layers.map((one) => one.id) }],
      ...layers.map((one): [string, Part] => [`layer ${one.id} of schedule ${id}`, withoutId(one)]),
    ]),
    ...Object.entries(team.onCall).map(([key, ids]): [string, Part] => [
      `on call for ${key}`,
      { people: ids },
    ]),
    ...team.overrides.map(({ to, layer }, index): [string, Part] => [overrides[index] ?? '', { to, layer }]),
    ...team.away.map(({ to }, index): [string, Part] => [absences[index] ?? '', { to }]),
    ...(team.external ?? []).map(({ id, ...part }): [string, Part] => [`external contact ${id}`, part]),
    ...(team.approvals === undefined ? [] : [['approval policy', team.approvals] as [string, Part]]),
    ...(team.readiness === undefined ? [] : [['readiness check', team.readiness] as [string, Part]]),
  ]);
}

function withoutId({ id: _id, ...part }: { readonly id: string }): Part {
  return part;
}

function changeOf(what: string, before: Part | undefined, after: Part): TeamChange[] {
  if (before === undefined) return [{ kind: 'added', what, text: `${what} added: ${say(after)}` }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const different = keys.filter((key) => !isSame(before[key], after[key]));
  if (different.length === 0) return [];
  const text = different.map((key) => `${key} ${value(before[key])} -> ${value(after[key])}`).join(', ');
  return [{ kind: 'changed', what, text: `${what}: ${text}` }];
}

function say(part: Part): string {
  return Object.entries(part)
    .filter(([, held]) => held !== undefined)
    .map(([key, held]) => `${key} ${value(held)}`)
    .join(', ');
}

function isSame(one: unknown, other: unknown): boolean {
  return value(one) === value(other);
}

/** Short words for a value, the same for the same value whatever the order of its keys. */
function value(held: unknown): string {
  if (held === undefined) return 'none';
  if (Array.isArray(held)) return `[${held.map(value).join(', ')}]`;
  if (typeof held !== 'object' || held === null) return String(held);
  const entries = Object.entries(held as Part).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}: ${value(inner)}`).join(', ')}}`;
}
