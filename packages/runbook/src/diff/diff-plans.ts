import type { Action, Detector, Plan, Threshold } from '../plan.ts';

/** One difference in what two plans do. `weaker`: the next one notices less, asks fewer people or wakes somebody later. */
export interface Change {
  kind: string;
  /** In words, with the old and the new value. */
  text: string;
  weight: 'weaker' | 'safer' | 'neutral';
}

type Weight = Change['weight'];

/** What the next plan does differently; empty when only prose was edited. Pure. */
export function diffPlans(old: Plan, next: Plan): Change[] {
  const named = [
    ...detectorChanges(old, next),
    ...levelChanges(old, next),
    ...phaseChanges(old, next),
    ...commandChanges(old, next),
    ...checklistChanges(old, next),
    ...numberChange('stability', 'stability watch, minutes', old.stabilityMinutes, next.stabilityMinutes),
  ];
  if (named.length > 0 || behaviourOf(old) === behaviourOf(next)) return named;
  return [{ kind: 'other', text: 'another part of the plan has changed', weight: 'neutral' }];
}

interface Pair<T> {
  readonly key: string;
  readonly old: T | undefined;
  readonly next: T | undefined;
}

/** Items of both sides by key, in the order of the documents; the n-th of one key meets the n-th of the other. */
function pairs<T>(olds: readonly T[], nexts: readonly T[], keyOf: (item: T) => string): Pair<T>[] {
  const before = keyed(olds, keyOf);
  const after = keyed(nexts, keyOf);
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => ({
    key: key.replace(/#\d+$/, ''),
    old: before.get(key),
    next: after.get(key),
  }));
}

function keyed<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const counts = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const key = keyOf(item);
      const n = (counts.get(key) ?? 0) + 1;
      counts.set(key, n);
      return [`${key}#${n}`, item];
    }),
  );
}

function detectorChanges(old: Plan, next: Plan): Change[] {
  return pairs(old.detectors, next.detectors, ({ kind, manual }) => `${kind} ${manual}`).flatMap(
    ({ old: before, next: after }): Change[] => {
      if (before === undefined && after !== undefined)
        return [{ kind: 'detector', text: `detector added: ${after.text}`, weight: 'safer' }];
      if (after === undefined && before !== undefined)
        return [{ kind: 'detector', text: `detector gone: ${before.text}`, weight: 'weaker' }];
      return before === undefined || after === undefined ? [] : thresholdChange(before, after);
    },
  );
}

function thresholdChange(old: Detector, next: Detector): Change[] {
  const [from, to] = [sayThreshold(old.threshold), sayThreshold(next.threshold)];
  if (from === to) return [];
  const text = `${old.kind} threshold: ${from} becomes ${to}`;
  return [{ kind: 'threshold', text, weight: thresholdWeight(old.threshold, next.threshold) }];
}

function sayThreshold(threshold: Threshold | undefined): string {
  if (threshold === undefined) return 'no limit';
  const { op, value, unit, percentile } = threshold;
  return `${op}${value}${unit}${percentile === undefined ? '' : ` (p${percentile})`}`;
}

const scale = { '%': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

function thresholdWeight(old: Threshold | undefined, next: Threshold | undefined): Weight {
  if (next === undefined) return 'weaker';
  if (old === undefined) return 'safer';
  if (old.op !== next.op || (old.unit === '%') !== (next.unit === '%') || old.percentile !== next.percentile)
    return 'neutral';
  const higher = next.value * scale[next.unit] > old.value * scale[old.unit];
  return higher === old.op.startsWith('>') ? 'weaker' : 'safer';
}

function levelChanges(old: Plan, next: Plan): Change[] {
  const targets = new Set(next.escalation.map((one) => one.target));
  return pairs(old.escalation, next.escalation, (one) => one.level).flatMap(
    ({ key, old: before, next: after }): Change[] => {
      if (after === undefined)
        return [{ kind: 'escalation', text: `level gone: ${key} ${before?.target ?? ''}`, weight: 'weaker' }];
      const to = `${after.fromMinutes} min ${after.target}`;
      if (before === undefined)
        return [{ kind: 'escalation', text: `level added: ${key}, after ${to}`, weight: 'safer' }];
      const from = `${before.fromMinutes} min ${before.target}`;
      if (from === to) return [];
      const lost = !targets.has(before.target) || after.fromMinutes > before.fromMinutes;
      const earlier = after.target === before.target && after.fromMinutes < before.fromMinutes;
      const weight = lost ? 'weaker' : earlier ? 'safer' : 'neutral';
      return [{ kind: 'escalation', text: `level ${key}: after ${from} becomes after ${to}`, weight }];
    },
  );
}

function phaseChanges(old: Plan, next: Plan): Change[] {
  return pairs(old.phases, next.phases, (phase) => String(phase.n))
    .filter((pair) => sayWindow(pair.old) !== sayWindow(pair.next))
    .map(({ key, old: before, next: after }) => ({
      kind: 'window',
      text: `phase ${key} ${after?.name ?? before?.name ?? ''}: ${sayWindow(before)} becomes ${sayWindow(after)}`,
      weight: 'neutral' as const,
    }));
}

function sayWindow(phase: Plan['phases'][number] | undefined): string {
  return phase === undefined ? 'no such phase' : `${phase.fromMinutes}-${phase.toMinutes ?? ''} min`;
}

interface Placed {
  readonly place: string;
  readonly action: Action;
}

function placedActions({ phases, branches, scenarios }: Plan): Placed[] {
  return [
    ...phases.flatMap(({ n, steps }) => steps.map(({ actions }) => ({ place: `phase ${n}`, actions }))),
    ...branches.map(({ when, actions }) => ({ place: when, actions })),
    ...scenarios.map(({ name, actions }) => ({ place: name, actions })),
  ].flatMap(({ place, actions }) => actions.map((action) => ({ place, action })));
}

function nameOf({ place, action }: Placed): string {
  return `${place}: ${action.text}`;
}

function commandChanges(old: Plan, next: Plan): Change[] {
  return pairs(placedActions(old), placedActions(next), nameOf).flatMap(
    ({ key: name, old: before, next: after }): Change[] => {
      if (before === undefined)
        return [{ kind: 'command', text: `command added, ${name}`, weight: 'neutral' }];
      if (after === undefined)
        return [{ kind: 'command', text: `command gone, ${name}`, weight: goneWeight(before.action) }];
      return guardChanges(name, before.action, after.action);
    },
  );
}

function goneWeight({ purpose }: Action): Weight {
  return purpose === undefined ? 'neutral' : 'weaker';
}

function guardChanges(name: string, old: Action, next: Action): Change[] {
  const changes: Change[] = numberChange('approvals', `approvals, ${name}`, old.approvals, next.approvals);
  if (old.check !== next.check)
    changes.push({
      kind: 'check',
      text: `pre-check, ${name}: ${old.check ?? 'none'} becomes ${next.check ?? 'none'}`,
      weight: next.check === undefined ? 'weaker' : old.check === undefined ? 'safer' : 'neutral',
    });
  if (old.effect !== next.effect || old.timeoutMs !== next.timeoutMs || old.manual !== next.manual)
    changes.push({ kind: 'command', text: `how it runs has changed, ${name}`, weight: 'neutral' });
  return changes;
}

function numberChange(kind: string, name: string, old: number | null, next: number | null): Change[] {
  if (old === next) return [];
  const weight = (next ?? 0) < (old ?? 0) ? 'weaker' : 'safer';
  return [{ kind, text: `${name}: ${old ?? 'none'} becomes ${next ?? 'none'}`, weight }];
}

function checklistChanges(old: Plan, next: Plan): Change[] {
  return pairs(old.checklist, next.checklist, (line) => line.text)
    .filter((pair) => pair.old === undefined || pair.next === undefined)
    .map(({ key, next: after }) => ({
      kind: 'checklist',
      text: `checklist line ${after === undefined ? 'gone' : 'added'}: ${key}`,
      weight: after === undefined ? ('weaker' as const) : ('safer' as const),
    }));
}

/** The plan without what no responder acts on: places in the text, findings, and the words of a detector or step. */
function behaviourOf(plan: Plan): string {
  const silent = new Set(['source', 'problems', 'hash', 'id', 'undoOf', 'name', 'text', 'title', 'points']);
  const severities = plan.severities.map((one) => one.id);
  return JSON.stringify({ ...plan, severities }, (key, value: unknown) =>
    silent.has(key) ? undefined : value,
  );
}
