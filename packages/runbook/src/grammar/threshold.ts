import type { Threshold, ThresholdOp } from '../plan.ts';
import { minutesOfUnit, NUMBER, numberOf, UNIT } from './units.ts';

/** A threshold, nothing at all, or what stands where one was meant. */
export type ThresholdResult = { threshold: Threshold } | { wrong: string } | null;

const OPERATOR = '(>=|<=|>|<|≥|≤)';
const WORDS = '(above|over|exceeds?|exceeding|more than|greater than|über|below|under|less than|unter)';
const EXACT = new RegExp(`${OPERATOR}\\s*(${NUMBER})\\s*(%|${UNIT})(?![\\p{L}\\d%])`, 'iu');
const SPOKEN = new RegExp(
  `(?<![\\p{L}])${WORDS}\\s+(${NUMBER})\\s*(%|percent|prozent|${UNIT})(?![\\p{L}\\d%])`,
  'iu',
);
const MEANT = new RegExp(`${OPERATOR}\\s*([^)>\\s]{0,30})`, 'u');
const PERCENTILE =
  /\bp(\d{2})(?:[.,]?(\d))?\b|\b(\d{2}(?:\.\d)?)(?:st|nd|rd|th|\.)?[ -]*(?:percentile|perzentil)/i;

/** Reads the first threshold of a detector's text: `>5%`, `>1s 95th percentile`, `p99 over 800 ms`. */
export function readThreshold(text: string): ThresholdResult {
  const match = EXACT.exec(text) ?? SPOKEN.exec(text);
  if (match === null) return meantOne(text);
  const [whole, op = '', number = '', unit = ''] = match;
  const threshold = thresholdOf(operatorOf(op), numberOf(number), unit);
  if (threshold === null)
    return { wrong: `found "${whole}", expected a percentage from 0 to 100 or a duration` };
  const percentile = percentileOf(text);
  return { threshold: percentile === null ? threshold : { ...threshold, percentile } };
}

function meantOne(text: string): ThresholdResult {
  const match = MEANT.exec(text);
  if (match === null) return null;
  return {
    wrong: `found "${match[0].trim()}", expected a comparison such as ">5%" or ">1s 95th percentile"`,
  };
}

function operatorOf(word: string): ThresholdOp {
  const text = word.toLowerCase();
  if (text === '≥' || text === '>=') return '>=';
  if (text === '≤' || text === '<=') return '<=';
  return ['<', 'below', 'under', 'less than', 'unter'].includes(text) ? '<' : '>';
}

function thresholdOf(op: ThresholdOp, value: number, unit: string): Threshold | null {
  if (/^(?:%|percent|prozent)$/i.test(unit)) return value <= 100 ? { op, value, unit: '%' } : null;
  const minutes = minutesOfUnit(unit);
  if (minutes === null) return null;
  if (minutes < 1 / 60) return { op, value, unit: 'ms' };
  if (minutes < 1) return { op, value, unit: 's' };
  return minutes < 60 ? { op, value, unit: 'm' } : { op, value: (value * minutes) / 60, unit: 'h' };
}

function percentileOf(text: string): number | null {
  const match = PERCENTILE.exec(text);
  if (match === null) return null;
  const whole = match[1] ?? match[3] ?? '';
  return Number(match[2] === undefined ? whole : `${whole}.${match[2]}`);
}
