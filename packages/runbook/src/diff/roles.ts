import type { Plan, Role } from '../plan.ts';
import type { Change } from './change.ts';
import { pairUp, type Paired } from './pair-up.ts';
import { quote } from './phrases.ts';

/** The roles of both teams, matched. */
export function pairRoles(old: Plan, next: Plan): Paired<Role> {
  return pairUp(old.roles, next.roles, {
    keys: [
      ({ name }) => name,
      ({ id }) => id,
      ({ title, duty }) => (duty === '' ? null : `${title} ${duty}`),
    ],
    text: ({ name, title }) => `${name} ${title}`,
  });
}

/** Roles that came, went or have another name, title or duty. */
export function roleChanges({ pairs, removed, added }: Paired<Role>): Change[] {
  return [
    ...pairs.flatMap(({ old, next }) =>
      (['name', 'title', 'duty'] as const).flatMap((field) => fieldChange(old, next, field)),
    ),
    ...removed.map(({ name }): Change => ({
      kind: 'role',
      what: 'removed',
      text: `role removed: ${quote(name)}`,
      weight: 'weaker',
      before: name,
    })),
    ...added.map(({ name }): Change => ({
      kind: 'role',
      what: 'added',
      text: `role added: ${quote(name)}`,
      weight: 'safer',
      after: name,
    })),
  ];
}

/** A title that only repeats the name is no fact of its own. */
function fieldChange(old: Role, next: Role, field: 'name' | 'title' | 'duty'): Change[] {
  const repeats = field === 'title' && old.title === old.name && next.title === next.name;
  if (old[field] === next[field] || repeats) return [];
  const text = `${field} of role ${quote(next.name)}: ${quote(old[field])} -> ${quote(next[field])}`;
  return [{ kind: 'role', what: 'changed', text, weight: 'neutral', before: old[field], after: next[field] }];
}
