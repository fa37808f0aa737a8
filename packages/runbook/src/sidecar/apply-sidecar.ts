import { annotate } from '../actions/annotate.ts';
import type { Allowance, Annotation } from '../document/document.ts';
import type { Action, Plan, Problem, Scenario, SourceRange } from '../plan.ts';
import { causesOrNamed, ownCause } from '../sections/causes.ts';
import { namedKind, raisedByPeople } from '../sections/detector-kind.ts';
import { readScenarioEvidence } from '../sections/scenario-evidence.ts';
import { bindingTargets, hashOfTarget, type Target } from './binding-targets.ts';
import type { Binding, Sidecar } from './sidecar.ts';

/** What the bindings changed beside the plan itself. */
export interface Applied {
  problems: Problem[];
  allowances: Allowance[];
}

/** Where problems are said: in the document, or in the sidecar. */
interface Applying {
  file: string;
  sidecar: Sidecar;
  applied: Applied;
}

const OF_ACTIONS = [
  'effect',
  'approvals',
  'timeout',
  'check',
  'probe',
  'purpose',
  'undo-of',
  'no-match',
  'manual',
  'added',
  'ask',
];
const KEYS: Record<Target['kind'], string[]> = {
  action: OF_ACTIONS,
  step: OF_ACTIONS,
  branch: ['causes'],
  scenario: ['causes', 'evidence', 'subject', 'confidence'],
  detector: ['kind', 'metric'],
  line: ['evidence'],
};

/** Puts the bindings of a sidecar on the parts of a plan, in place. */
export function applySidecar(plan: Plan, file: string, sidecar: Sidecar): Applied {
  const applied: Applied = { problems: [...sidecar.problems], allowances: [] };
  const applying: Applying = { file, sidecar, applied };
  if (sidecar.bindings.length === 0) return applied;
  const targets = new Map(bindingTargets(plan).map((target) => [target.id, target]));
  for (const binding of sidecar.bindings) {
    const target = targets.get(binding.id);
    if (target === undefined) reportUnknown(applying, binding);
    else bind(applying, binding, target);
  }
  return applied;
}

function bind(applying: Applying, binding: Binding, target: Target): void {
  const { pairs, hash, source } = binding;
  const now = hashOfTarget(target);
  if (hash === undefined || !/^[0-9a-f]{16}$/.test(hash)) {
    const found = hash === undefined ? 'no hash' : `hash "${hash.slice(0, 60)}"`;
    const place = binding.places.get('hash') ?? source;
    return wrong(
      applying,
      place,
      `binding "${binding.id}": found ${found}, expected 16 hexadecimal digits; it is "${now}" today`,
    );
  }
  for (const key of Object.keys(pairs)) checkKey(applying, binding, target, key);
  if (hash === now) return apply(applying, binding, target, pairs);
  reportStale(applying, binding, target, now);
  apply(applying, binding, target, stricter(pairs, target));
}

function checkKey(applying: Applying, binding: Binding, target: Target, key: string): void {
  const known = [...KEYS[target.kind], 'allow', 'because'];
  if (known.includes(key)) return;
  const message = `binding "${binding.id}": found "${key.slice(0, 60)}", expected one of ${known.join(', ')}`;
  wrong(applying, binding.places.get(key) ?? binding.source, message);
}

/** A stale binding still protects: what makes an action stricter holds, what loosens or explains it does not. */
function stricter(pairs: Annotation, target: Target): Annotation {
  if (target.kind !== 'action' && target.kind !== 'step') return {};
  const actions = target.kind === 'action' ? [target.action] : target.step.actions;
  const kept = Object.entries(pairs).filter(([key, value]) => {
    if (key === 'approvals') return actions.every((action) => Number(value) >= action.approvals);
    return ['effect', 'check', 'manual', 'ask'].includes(key);
  });
  return Object.fromEntries(kept);
}

function applyEvidence(applying: Applying, binding: Binding, scenario: Scenario, pairs: Annotation): void {
  const read = readScenarioEvidence(pairs);
  if (read === undefined) return;
  if ('wrong' in read)
    return wrong(
      applying,
      binding.places.get('evidence') ?? binding.source,
      `binding "${binding.id}": ${read.wrong}`,
    );
  scenario.evidence = read.evidence;
  scenario.causes = [...new Set([...scenario.causes, ownCause(scenario.id)])];
}

function apply(applying: Applying, binding: Binding, target: Target, pairs: Annotation): void {
  allow(applying, binding, target, pairs);
  switch (target.kind) {
    case 'action':
      return applyToActions(applying, binding, [target.action], pairs);
    case 'step':
      return applyToActions(applying, binding, target.step.actions, pairs);
    case 'branch':
      target.branch.causes = named(target.branch.causes, pairs.causes);
      return;
    case 'scenario':
      target.scenario.causes = named(target.scenario.causes, pairs.causes);
      return applyEvidence(applying, binding, target.scenario, pairs);
    case 'detector':
      return applyToDetector(applying, binding, target, pairs);
    case 'line':
      if (pairs.evidence !== undefined) target.line.evidence = pairs.evidence;
      return;
    default:
      return target satisfies never;
  }
}

function named(causes: string[], given: string | undefined): string[] {
  return given === undefined ? causes : causesOrNamed('', given);
}

function applyToActions(applying: Applying, binding: Binding, actions: Action[], pairs: Annotation): void {
  for (const action of actions) {
    const result = annotate(action, pairs);
    Object.assign(action, result.action);
    for (const message of result.wrong) {
      const key = /^tocsin-([\w-]+):/.exec(message)?.[1] ?? '';
      wrong(applying, binding.places.get(key) ?? binding.source, `binding "${binding.id}": ${message}`);
    }
  }
}

function applyToDetector(
  applying: Applying,
  binding: Binding,
  { detector }: Extract<Target, { kind: 'detector' }>,
  pairs: Annotation,
): void {
  if (pairs.metric !== undefined) detector.bound = true;
  if (pairs.kind === undefined) return;
  const kind = namedKind(pairs.kind);
  if (kind === null) {
    const place = binding.places.get('kind') ?? binding.source;
    return wrong(
      applying,
      place,
      `binding "${binding.id}": kind: found "${pairs.kind.slice(0, 60)}", expected a kind of detector such as error-rate`,
    );
  }
  detector.kind = kind;
  detector.bound = true;
  detector.manual ||= raisedByPeople(kind);
}

function allow(
  { applied, ...applying }: Applying,
  binding: Binding,
  target: Target,
  pairs: Annotation,
): void {
  if (pairs.allow === undefined) return;
  if ((pairs.because ?? '').trim() === '') {
    const place = binding.places.get('allow') ?? binding.source;
    return wrong(
      { applied, ...applying },
      place,
      `binding "${binding.id}": "allow" without "because", expected a reason`,
    );
  }
  const codes = pairs.allow.split(/[\s,]+/).filter((code) => code !== '');
  applied.allowances.push({ codes, fromLine: target.source.line, toLine: target.source.endLine });
}

function reportStale(
  { file, sidecar, applied }: Applying,
  binding: Binding,
  target: Target,
  now: string,
): void {
  applied.problems.push({
    code: 'RB301',
    level: 'warning',
    message: `the binding "${binding.id}" in ${sidecar.file}:${binding.source.line} was made for another text (hash ${binding.hash}, now ${now}): only what makes it stricter still holds`,
    suggestion: `hash: "${now}"`,
    file,
    ...target.source,
  });
}

function reportUnknown({ sidecar, applied }: Applying, binding: Binding): void {
  applied.problems.push({
    code: 'RB302',
    level: 'warning',
    message: `binding "${binding.id.slice(0, 80)}": the runbook has no part of this name; remove it, or write the id that "tocsin plan --sidecar" shows`,
    file: sidecar.file,
    ...binding.source,
  });
}

function wrong({ sidecar, applied }: Applying, source: SourceRange, message: string): void {
  applied.problems.push({ code: 'RB303', level: 'error', message, file: sidecar.file, ...source });
}
