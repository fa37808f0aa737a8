import type { Change } from '../../src/diff/diff-plans.ts';
import type { Draft, DraftCommand } from './generated-runbook.ts';

/** One fact of a draft that is changed, and how the change must be told. `pick` chooses where there are several. */
export interface Mutation {
  name: string;
  kind: Change['kind'];
  what: Change['what'];
  /** Words that the sentence must have; null: the draft has no such fact. */
  apply: (draft: Draft, pick: number) => { draft: Draft; words: string[] } | null;
}

function at<T>(items: T[], pick: number): number {
  return items.length === 0 ? 0 : pick % items.length;
}

/** The list with one item replaced, or taken out. */
function withItem<T>(items: T[], index: number, change: (item: T) => T[]): T[] {
  return items.flatMap((item, place) => (place === index ? change(item) : [item]));
}

/** Changes the picked command of the branches; null when there is none. */
function onCommand(
  draft: Draft,
  pick: number,
  change: (command: DraftCommand) => { command: DraftCommand[]; words: string[] } | null,
): { draft: Draft; words: string[] } | null {
  const all = draft.branches.flatMap((branch, place) =>
    branch.commands.map((_, index) => ({ place, index })),
  );
  const chosen = all[at(all, pick)];
  const old = chosen === undefined ? undefined : draft.branches[chosen.place]?.commands[chosen.index];
  const changed = old === undefined ? null : change(old);
  if (chosen === undefined || changed === null) return null;
  const branches = withItem(draft.branches, chosen.place, (branch) => [
    { ...branch, commands: withItem(branch.commands, chosen.index, () => changed.command) },
  ]);
  return { draft: { ...draft, branches }, words: changed.words };
}

const facts: Mutation[] = [
  {
    name: 'the limit of errors',
    kind: 'threshold',
    what: 'changed',
    apply: (draft) => ({
      draft: { ...draft, errorPercent: draft.errorPercent + 1 },
      words: [`error-rate threshold ${draft.errorPercent} % -> ${draft.errorPercent + 1} %`],
    }),
  },
  {
    name: 'the limit of latency',
    kind: 'threshold',
    what: 'changed',
    apply: (draft) => ({
      draft: { ...draft, latency: { ...draft.latency, value: draft.latency.value + 50 } },
      words: [`${draft.latency.value} ms`, `${draft.latency.value + 50} ms`],
    }),
  },
  {
    name: 'a setting',
    kind: 'setting',
    what: 'added',
    apply: (draft) => ({
      draft: { ...draft, settings: { ...draft.settings, region: 'north' } },
      words: ['region', 'north'],
    }),
  },
  {
    name: 'a criterion',
    kind: 'criterion',
    what: 'added',
    apply: (draft, pick) => ({
      draft: {
        ...draft,
        severities: withItem(draft.severities, at(draft.severities, pick), (all) => [
          [...all, 'Fire in the building'],
        ]),
      },
      words: ['Fire in the building', `P${at(draft.severities, pick)}`],
    }),
  },
  {
    name: 'a window',
    kind: 'window',
    what: 'changed',
    apply: (draft) => {
      const first = draft.phases[0];
      if (first === undefined) return null;
      const phases = withItem(draft.phases, 0, (phase) => [{ ...phase, minutes: phase.minutes + 2 }]);
      // The second phase ends when it did.
      const kept = withItem(phases, 1, (phase) => [{ ...phase, minutes: phase.minutes - 2 }]);
      return {
        draft: { ...draft, phases: kept },
        words: [first.name, `${first.minutes + 2} minutes instead of ${first.minutes} minutes`],
      };
    },
  },
  {
    name: 'the hold',
    kind: 'stability',
    what: 'changed',
    apply: (draft) => ({
      draft: { ...draft, holdMinutes: draft.holdMinutes + 7 },
      words: [`${draft.holdMinutes + 7} minutes instead of ${draft.holdMinutes} minutes`],
    }),
  },
  {
    name: 'a cadence',
    kind: 'cadence',
    what: 'changed',
    apply: (draft) => ({
      draft: { ...draft, everyMinutes: draft.everyMinutes + 1 },
      words: [`${draft.everyMinutes + 1} instead of ${draft.everyMinutes}`],
    }),
  },
  {
    name: 'a trigger',
    kind: 'trigger',
    what: 'changed',
    apply: (draft) => ({
      draft: { ...draft, afterMinutes: draft.afterMinutes + 1 },
      words: [`${draft.afterMinutes + 1} instead of ${draft.afterMinutes}`],
    }),
  },
];

const people: Mutation[] = [
  {
    name: 'who a level pages',
    kind: 'escalation',
    what: 'changed',
    apply: (draft, pick) => {
      const place = at(draft.levels, pick);
      return {
        draft: {
          ...draft,
          levels: withItem(draft.levels, place, (level) => [{ ...level, target: 'Quartermaster' }]),
        },
        words: ['Quartermaster', draft.levels[place]?.target ?? ''],
      };
    },
  },
  {
    name: 'when a level is paged',
    kind: 'escalation',
    what: 'changed',
    apply: (draft) => {
      const [first, second] = draft.levels;
      const levels = withItem(draft.levels, 0, (level) => [{ ...level, minutes: level.minutes + 3 }]);
      // The second level ends when it did.
      const kept = withItem(levels, 1, (level) => [{ ...level, minutes: level.minutes - 3 }]);
      return {
        draft: { ...draft, levels: kept },
        words: [second?.target ?? '', `${(first?.minutes ?? 0) + 3} instead of ${first?.minutes} minutes`],
      };
    },
  },
  {
    name: 'a contact',
    kind: 'contact',
    what: 'changed',
    apply: (draft, pick) => {
      const place = at(draft.contacts, pick);
      return {
        draft: {
          ...draft,
          contacts: withItem(draft.contacts, place, (one) => [{ ...one, value: 'room 77' }]),
        },
        words: ['room 77', draft.contacts[place]?.name ?? ''],
      };
    },
  },
  {
    name: 'a gate that is gone',
    kind: 'checklist',
    what: 'removed',
    apply: (draft, pick) => {
      const place = at(draft.checklist, pick);
      return {
        draft: { ...draft, checklist: withItem(draft.checklist, place, () => []) },
        words: [draft.checklist[place] ?? ''],
      };
    },
  },
];

const procedure: Mutation[] = [
  {
    name: 'a step that is gone',
    kind: 'step',
    what: 'removed',
    apply: (draft, pick) => {
      const phase = at(draft.phases, pick);
      const steps = draft.phases[phase]?.steps ?? [];
      const place = at(steps, pick);
      // Without its last step a phase would be another one.
      if (steps.length < 2) return null;
      const phases = withItem(draft.phases, phase, (one) => [
        { ...one, steps: withItem(one.steps, place, () => []) },
      ]);
      return { draft: { ...draft, phases }, words: [steps[place]?.title ?? ''] };
    },
  },
  {
    name: 'approvals',
    kind: 'approvals',
    what: 'changed',
    apply: (draft, pick) =>
      onCommand(draft, pick, (command) => ({
        command: [{ ...command, approvals: 1 }],
        words: [command.name, '1 approval instead of 2'],
      })),
  },
  {
    name: 'a pre-check',
    kind: 'check',
    what: 'changed',
    apply: (draft, pick) =>
      onCommand(draft, pick, (command) => ({
        command: [{ ...command, check: 'fleet-healthy' }],
        words: [command.name, 'none -> fleet-healthy'],
      })),
  },
  {
    name: 'the words of a command',
    kind: 'command',
    what: 'changed',
    apply: (draft, pick) =>
      onCommand(draft, pick, (command) =>
        command.text.startsWith('kubectl')
          ? {
              command: [{ ...command, text: `${command.text} --context east` }],
              words: ['--context east', command.text],
            }
          : null,
      ),
  },
  {
    name: 'another command altogether',
    kind: 'command',
    what: 'changed',
    apply: (draft, pick) =>
      onCommand(draft, pick, (command) => ({
        command: [{ ...command, text: 'redis-cli -h cache ping' }],
        words: ['redis-cli -h cache ping', command.text],
      })),
  },
  {
    name: 'a command that is gone',
    kind: 'command',
    what: 'removed',
    apply: (draft, pick) => onCommand(draft, pick, (command) => ({ command: [], words: [command.text] })),
  },
];

/** Every mutation: one fact each. */
export const mutations: Mutation[] = [...facts, ...people, ...procedure];
