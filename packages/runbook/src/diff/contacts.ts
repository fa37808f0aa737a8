import type { Contact, Plan } from '../plan.ts';
import { weightOfGuard, type Change } from './change.ts';
import { pairUp } from './pair-up.ts';
import { quote } from './phrases.ts';

/** Contacts that came, went, were filled in or lead elsewhere. */
export function contactChanges(old: Plan, next: Plan): Change[] {
  const { pairs, removed, added } = pairUp(old.contacts, next.contacts, {
    keys: [
      ({ name, value }) => `${name} ${value}`,
      ({ name }) => name,
      ({ value, placeholder }) => (placeholder ? null : value),
    ],
    text: ({ name }) => name,
  });
  return [
    ...pairs.flatMap(({ old: before, next: after }) => [
      ...nameChange(before, after),
      ...valueChange(before, after),
    ]),
    ...removed.map((gone) => alone(gone, 'removed')),
    ...added.map((come) => alone(come, 'added')),
  ];
}

function nameChange(old: Contact, next: Contact): Change[] {
  if (old.name === next.name) return [];
  const text = `contact ${quote(old.name)} is called ${quote(next.name)}`;
  return [changed(old, next, { text, weight: 'neutral', before: old.name, after: next.name })];
}

function valueChange(old: Contact, next: Contact): Change[] {
  if (old.value === next.value && old.placeholder === next.placeholder) return [];
  const weight = weightOfGuard(!old.placeholder, !next.placeholder);
  const text = `contact ${quote(next.name)}: ${quote(old.value)} -> ${quote(next.value)}`;
  return [changed(old, next, { text, weight, before: old.value, after: next.value })];
}

function changed(
  old: Contact,
  next: Contact,
  facts: Pick<Change, 'text' | 'weight' | 'before' | 'after'>,
): Change {
  return { kind: 'contact', what: 'changed', ...facts, old: old.source, next: next.source };
}

function alone({ name, value, placeholder, source }: Contact, what: 'added' | 'removed'): Change {
  return {
    kind: 'contact',
    what,
    text: `contact ${what}: ${quote(name)}`,
    weight: placeholder ? 'neutral' : weightOfGuard(what === 'removed', what === 'added'),
    ...(what === 'added' ? { after: value, next: source } : { before: value, old: source }),
  };
}
