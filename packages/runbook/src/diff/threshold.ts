import type { Detector, Threshold } from '../plan.ts';
import { weightOfGuard, weightOfRise, worstOf, type Change, type Weight } from './change.ts';
import { thresholdText } from './phrases.ts';

const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** The limit of one detector in both documents; the same limit in another unit is no change. */
export function thresholdChanges(old: Detector, next: Detector): Change[] {
  const [before, after] = [old.threshold, next.threshold];
  if (before === undefined && after === undefined) return [];
  if (before !== undefined && after !== undefined && isSame(before, after)) return [];
  const withOp = before?.op !== after?.op;
  const say = (limit: Threshold | undefined): string =>
    limit === undefined ? 'none' : thresholdText(limit, withOp);
  return [
    {
      kind: 'threshold',
      what: 'changed',
      text: `${next.kind} threshold ${say(before)} -> ${say(after)}`,
      weight: weightOf(before, after),
      ...(before === undefined ? {} : { before: thresholdText(before) }),
      ...(after === undefined ? {} : { after: thresholdText(after) }),
      old: old.source,
      next: next.source,
    },
  ];
}

function isSame(a: Threshold, b: Threshold): boolean {
  return a.op === b.op && sameUnits(a, b) && baseOf(a) === baseOf(b) && a.percentile === b.percentile;
}

function sameUnits(a: Threshold, b: Threshold): boolean {
  return (a.unit === '%') === (b.unit === '%');
}

/** The value in milliseconds, or in percent, without the noise of binary fractions. */
function baseOf({ value, unit }: Threshold): number {
  return unit === '%' ? value : Math.round(value * MS[unit] * 1e6) / 1e6;
}

/** A limit that is passed sooner is safer: a lower upper one, a higher lower one, or the same of a higher percentile. */
function weightOf(before: Threshold | undefined, after: Threshold | undefined): Weight {
  if (before === undefined || after === undefined)
    return weightOfGuard(before !== undefined, after !== undefined);
  const isUpper = after.op.startsWith('>');
  if (before.op.startsWith('>') !== isUpper || !sameUnits(before, after)) return 'neutral';
  const limit = weightOfRise(baseOf(before), baseOf(after));
  const mirrored: Record<Weight, Weight> = { weaker: 'safer', neutral: 'neutral', safer: 'weaker' };
  const facts = [
    isUpper ? mirrored[limit] : limit,
    weightOfRise(before.percentile ?? 0, after.percentile ?? 0),
    weightOfGuard(before.op.endsWith('='), after.op.endsWith('=')),
  ];
  return facts.includes('weaker') && facts.includes('safer') ? 'neutral' : worstOf(facts);
}
