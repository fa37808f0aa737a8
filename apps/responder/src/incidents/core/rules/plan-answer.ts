import type { Action, Plan } from '@tocsin/runbook';
import type { Diagnosis } from '#diagnosis';

/** What the document says about a cause: what to change, and what to read before that. */
export interface PlanAnswer {
  readonly changes: readonly string[];
  readonly reads: readonly string[];
  /** Names of the branch and scenario, for the sentence. */
  readonly named: readonly string[];
}

/**
 * What the document's branches and scenarios for the cause change and read, branches first. The same command is never named twice. What
 * the document says of another kind of dependency is no answer: a cache that is down is not mended by restarting the database.
 */
export function planAnswer(
  plan: Plan,
  { id: cause, subject }: Pick<Diagnosis, 'id' | 'subject'>,
): PlanAnswer {
  const branches = plan.branches.filter((one) => one.causes.includes(cause) && mayConcern(one.when, subject));
  const scenarios = plan.scenarios.filter(
    (one) => one.causes.includes(cause) && mayConcern(one.name, subject),
  );
  const fromBranches = branches.flatMap((one) => one.actions);
  const fromScenarios = scenarios.flatMap((one) => one.actions);
  return {
    changes: onceEach([...fromBranches, ...fromScenarios].filter(isChange)),
    reads: onceEach([...fromBranches, ...fromScenarios].filter(isRead)),
    named: [...branches.map((one) => one.when), ...scenarios.map((one) => one.name)],
  };
}

const dependencyKinds: readonly RegExp[] = [
  /database|\bdb\b|postgres|mysql|mariadb|\bsql\b|datenbank|base de (?:données|datos)/i,
  /redis|valkey|memcache|\bcache/i,
  /queue|broker|kafka|rabbit|\bnats\b/i,
];

/** False when the title speaks of some kinds of dependency, and the subject is of another. */
function mayConcern(title: string, subject: string): boolean {
  const kinds = dependencyKinds.filter((words) => words.test(subject));
  const named = dependencyKinds.filter((words) => words.test(title));
  return kinds.length === 0 || named.length === 0 || kinds.some((one) => named.includes(one));
}

/** What is read as soon as an incident opens: the assessment and isolation phases, found by name, else phases 2 and 3. */
export function openingReads(plan: Plan): readonly string[] {
  const named = plan.phases.filter((one) => /assess|triage|isolat|investigat|diagnos/i.test(one.name));
  const phases = named.length > 0 ? named : plan.phases.filter((one) => one.n === 2 || one.n === 3);
  return onceEach(phases.flatMap((phase) => phase.steps.flatMap((step) => step.actions)).filter(isRead));
}

/** A fix: not the proof of one, not the way back from one, and not a person's own job. */
function isChange(action: Action): boolean {
  return (
    (action.effect === 'mutate' || action.effect === 'destroy') &&
    action.purpose === undefined &&
    action.manual === undefined
  );
}

/** A temporary pod counts as a read: its question is answered by an equivalent probe, nothing is created. */
function isRead(action: Action): boolean {
  return (action.effect === 'read' || action.effect === 'create-temp') && action.purpose === undefined;
}

function onceEach(actions: readonly Action[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const action of actions) {
    const command = action.text
      .replaceAll(/<[^>]*>/g, '<>')
      .replaceAll(/\s+/g, ' ')
      .trim();
    if (!seen.has(command)) seen.set(command, action.id);
  }
  return [...seen.values()];
}
