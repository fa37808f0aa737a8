import type { Threshold, ThresholdOp } from '../plan.ts';
import { minutesOfUnit, NUMBER, numberOf, UNIT } from './units.ts';

/** A threshold, nothing at all, or what stands where one was meant; `foreign` when it has a unit that nothing measures. */
export type ThresholdResult =
  | { threshold: Threshold }
  | { wrong: string; found: string; foreign: boolean }
  | null;

/** No detector is longer; the cap keeps the patterns linear on hostile input. */
const LONGEST = 1000;

const OPERATOR = '(>=|<=|>|<|≥|≤)';
const ABOVE =
  'above|over|exceeds?|exceeding|more than|greater than|higher than|at least|über|mehr als|größer als|plus de|au-dessus de|supérieure?s? à|más de|superior(?:es)? a|por encima de';
const BELOW =
  'below|under|less than|lower than|fewer than|unter|weniger als|moins de|en dessous de|inférieure?s? à|menos de|inferior(?:es)? a|por debajo de';
const WORDS = `(${ABOVE}|${BELOW})`;
const IS_BELOW = new RegExp(`^(?:${BELOW})$`, 'iu');
const SHARE = '%|per ?cent|prozent|pour ?cent|por ?ciento';
/** "for more than 5 minutes" says how long, not how much. */
const NO_HOLD = '(?<!(?:for|während|pendant|durante)\\s+)(?<![A-Za-z\\u00C0-\\u024F])';
const EXACT = new RegExp(
  `${OPERATOR}\\s*(${NUMBER})\\s*(${SHARE}|${UNIT})(?![A-Za-z\\u00C0-\\u024F\\d%])`,
  'giu',
);
const SPOKEN = new RegExp(
  `${NO_HOLD}${WORDS}\\s+(${NUMBER})\\s*(${SHARE}|${UNIT})(?![A-Za-z\\u00C0-\\u024F\\d%])`,
  'giu',
);
const IS_SHARE = new RegExp(`^(?:${SHARE})$`, 'iu');
const MEANT = new RegExp(`${OPERATOR}\\s*([^)>\\s]{0,30})`, 'u');
const PERCENTILE =
  /\bp-?(\d{2})(?:[.,]?(\d{1,2}))?\b|\b(\d{2}(?:[.,]\d{1,2})?)(?:st|nd|rd|th|e|er|ème|º|\.)?[ -]*(?:percentile|perzentil|percentil)|\bpercentile?\s+(\d{2}(?:[.,]\d{1,2})?)\b/i;
const MEDIAN = /\bmedian\b/i;
/** A number with a unit of its own, such as `>50 errors/min`: meant for a person, and not to be measured here. */
const OTHER_UNIT = new RegExp(`${OPERATOR}\\s*(${NUMBER})\\s*(?:/|(?!st\\b|nd\\b|rd\\b|th\\b)\\p{L})`, 'u');

/**
 * Reads the threshold of a detector's text: `>5%`, `>1s 95th percentile`, `p99 over 800 ms`. Of several the first that is a share or
 * a duration, as wanted; else the first.
 */
export function readThreshold(whole: string, wanted: 'share' | 'duration' | null = null): ThresholdResult {
  const text = whole.slice(0, LONGEST);
  const all = [...text.matchAll(EXACT), ...text.matchAll(SPOKEN)];
  const match = all.find(([, , , unit = '']) => kindOfUnit(unit) === wanted) ?? all[0];
  if (match === undefined) return meantOne(text);
  const [written, op = '', number = '', unit = ''] = match;
  const threshold = thresholdOf(operatorOf(op), numberOf(number), unit);
  if (threshold === null)
    return {
      wrong: `found "${written}", expected a percentage from 0 to 100 or a duration`,
      found: written,
      foreign: false,
    };
  const percentile = percentileOf(text);
  return { threshold: percentile === null ? threshold : { ...threshold, percentile } };
}

function kindOfUnit(unit: string): 'share' | 'duration' {
  return IS_SHARE.test(unit) ? 'share' : 'duration';
}

function meantOne(text: string): ThresholdResult {
  const match = MEANT.exec(text);
  if (match === null) return null;
  const found = match[0].trim();
  return {
    wrong: `found "${found}", expected a comparison such as ">5%" or ">1s 95th percentile"`,
    found,
    foreign: OTHER_UNIT.test(text),
  };
}

function operatorOf(word: string): ThresholdOp {
  const text = word.toLowerCase();
  if (text === '≥' || text === '>=') return '>=';
  if (text === '≤' || text === '<=') return '<=';
  if (text === 'at least') return '>=';
  return text === '<' || IS_BELOW.test(text) ? '<' : '>';
}

function thresholdOf(op: ThresholdOp, value: number, unit: string): Threshold | null {
  if (IS_SHARE.test(unit)) return value <= 100 ? { op, value, unit: '%' } : null;
  const minutes = minutesOfUnit(unit);
  if (minutes === null) return null;
  if (minutes < 1 / 60) return { op, value, unit: 'ms' };
  if (minutes < 1) return { op, value, unit: 's' };
  return minutes < 60 ? { op, value, unit: 'm' } : { op, value: (value * minutes) / 60, unit: 'h' };
}

function percentileOf(text: string): number | null {
  const match = PERCENTILE.exec(text);
  if (match === null) return MEDIAN.test(text) ? 50 : null;
  const whole = (match[1] ?? match[3] ?? match[4] ?? '').replace(',', '.');
  return Number(match[2] === undefined ? whole : `${whole}.${match[2]}`);
}
