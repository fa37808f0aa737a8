import type { OnCallView, Person } from '../src/oncall/index.ts';

const count = 20_000;

/** So many that nobody is paged twice in short order. */
export function peopleInTurn(): readonly Person[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `p${n}`,
    name: `Person ${n}`,
    role: 'approver',
    contacts: [{ channel: 'email', address: `p${n}@example.org` }],
    drill: false,
  }));
}

/** Who is on call: at each question the next one, for every level. */
export function inTurn(view: OnCallView, people: readonly Person[], first: number): () => OnCallView {
  let next = first;
  return () => {
    const person = people[next % people.length];
    next += 1;
    if (person === undefined) return view;
    return { ...view, levels: view.levels.map((level) => ({ ...level, persons: [person] })) };
  };
}
