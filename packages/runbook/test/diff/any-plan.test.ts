import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRunbook, diffPlans, type Change, type Plan } from '../../src/index.ts';
import { drafts, write } from './generated-runbook.ts';
import { mutations } from './mutations.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const plans = [
  ...readdirSync(fixtures)
    .filter((name) => name.endsWith('.md'))
    .map((name) => compileRunbook(readFileSync(new URL(name, fixtures), 'utf8'), { file: name })),
  compileRunbook(readFileSync(new URL('../../../../runbooks/outage.md', import.meta.url), 'utf8'), {
    file: 'outage.md',
  }),
];

const mirrored = { weaker: 'safer', neutral: 'neutral', safer: 'weaker' } as const;
const undone = { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved' } as const;

/** What the change must look like when the documents change places. */
function reverseOf({ kind, what, before, after, old, next, weight }: Change) {
  return {
    kind,
    what: undone[what],
    before: after,
    after: before,
    old: next,
    next: old,
    weight: mirrored[weight],
  };
}

/** A change without its sentence, with every key there. */
function facts(change: Change) {
  const { kind, what, before, after, old, next, weight } = change;
  return { kind, what, before, after, old, next, weight };
}

describe('a generated runbook', () => {
  it('does not differ from itself', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const plan = compileRunbook(write(draft));
        expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([]);
        expect(diffPlans(plan, compileRunbook(write(draft)))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('has not changed when only prose or line ends have', () => {
    fc.assert(
      fc.property(
        drafts,
        fc.constantFrom('Some words.', '', '\n\n', 'More *words*,\nin two lines.'),
        (draft, aside) => {
          const next = compileRunbook(write(draft, aside).replaceAll('\n', '\r\n'));
          expect(diffPlans(compileRunbook(write(draft)), next)).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each(mutations)(
    '$name: exactly one change, in words, and the reverse of it',
    ({ kind, what, apply }) => {
      let applied = 0;
      fc.assert(
        fc.property(drafts, fc.nat(1000), (draft, pick) => {
          const mutated = apply(draft, pick);
          if (mutated === null) return;
          applied += 1;
          const [old, next] = [compileRunbook(write(draft)), compileRunbook(write(mutated.draft))];
          const changes = diffPlans(old, next);
          expect(changes.map((change) => [change.kind, change.what])).toEqual([[kind, what]]);
          for (const words of mutated.words) expect(changes[0]?.text).toContain(words);
          expect(diffPlans(next, old).map(facts)).toEqual(changes.map(reverseOf));
        }),
        { numRuns: 20 },
      );
      expect(applied).toBeGreaterThan(0);
    },
  );
});

/** Facts that only follow from others, or are words and places that nothing acts on. */
const SILENT = new RegExp(
  [
    '^(?:name|hash|problems|stabilityMinutes)$',
    '\\.(?:id|source|label|pipeline|placeholders|roleId|n|kind|op|unit)(?:\\.|$)',
    '^(?:detectors|cadences|triggers|mailings)\\.\\d+\\.text$',
    '^contacts\\.\\d+\\.placeholder$',
    '\\.manual$',
    '\\.timed$',
    '\\.(?:fromMinutes|toMinutes|phase)$',
    '\\.(?:effect|undoOf|purpose)$',
  ].join('|'),
);

type Leaf = { path: (string | number)[]; value: unknown };

function leavesOf(value: unknown, path: (string | number)[] = []): Leaf[] {
  if (path.length > 0 && SILENT.test(path.join('.'))) return [];
  if (typeof value !== 'object' || value === null) return value === null ? [] : [{ path, value }];
  return Object.entries(value).flatMap(([key, entry]) =>
    leavesOf(entry, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${String(value)} or so`;
}

function withLeaf(plan: Plan, { path, value }: Leaf): Plan {
  const next = structuredClone(plan);
  const holder = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key) as object, next);
  Reflect.set(holder, path.at(-1) ?? '', other(value));
  return next;
}

describe.each(plans.map((plan) => [plan.name, plan] as const))('the plan of "%s"', (_, plan) => {
  it('does not differ from itself', () => {
    expect(diffPlans(plan, structuredClone(plan))).toEqual([]);
  });

  it('keeps no fact from the reader: every one that changes is one change', () => {
    const byPeople = plan.detectors.flatMap(({ manual }, n) => (manual ? [`detectors.${n}.bound`] : []));
    const leaves = leavesOf(plan).filter(({ path }) => !byPeople.includes(path.join('.')));
    const silent = leaves.flatMap((leaf) => {
      const changes = diffPlans(plan, withLeaf(plan, leaf));
      return changes.length === 1 ? [] : [[leaf.path.join('.'), changes.map(({ text }) => text)]];
    });
    expect(silent).toEqual([]);
  });
});
