import { curlArgs } from '../effect/curl.ts';
import { flagValue, hasFlag } from '../effect/flags.ts';
import { kubectlArgs } from '../effect/kubectl-args.ts';
import { inMinutes, NUMBER } from '../grammar/units.ts';
import type { Effect } from '../plan.ts';

const READ_MS = 8_000;
const CHANGE_MS = 60_000;
const WATCH_MS = 300_000;
/** What a command may take beyond the limit it carries itself, before it is cut off. */
const GRACE_MS = 5_000;

/** No command runs longer than this, milliseconds; a timer of the platform ends at 24 days and would then fire at once. */
export const LONGEST_MS = 24 * 3_600_000;

/** The time limit of a pipeline, milliseconds: the command's own where it has one, at most a day. */
export function timeLimitMs(pipeline: string[][] | null, effect: Effect): number {
  return Math.min(ownLimitMs(pipeline, effect), LONGEST_MS);
}

function ownLimitMs(pipeline: string[][] | null, effect: Effect): number {
  const [program = '', ...args] = pipeline?.[0] ?? [];
  if (program === 'kubectl') return kubectlLimitMs(args, effect);
  const own = program === 'curl' ? secondsMs(flagValue(curlArgs(args), '-m', '--max-time')) : null;
  return own === null ? defaultMs(effect) : own + GRACE_MS;
}

function kubectlLimitMs(args: string[], effect: Effect): number {
  const parsed = kubectlArgs(args);
  const own = durationMs(flagValue(parsed, '--timeout'));
  if (own !== null && own > 0) return own + GRACE_MS;
  const waits = hasFlag(parsed, '-w', '--watch', '--watch-only') || parsed.words[0] === 'drain';
  const follows = parsed.words[0] === 'rollout' && parsed.words[1] === 'status';
  return waits || follows || parsed.words[0] === 'wait' ? WATCH_MS : defaultMs(effect);
}

function defaultMs(effect: Effect): number {
  return effect === 'read' ? READ_MS : CHANGE_MS;
}

const PART = new RegExp(`(${NUMBER})(h|ms|m|s)`, 'g');

/** `90s`, `5m`, `1h30m` or plain seconds, in milliseconds; null when it is none of these. */
export function durationMs(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^(?:\d{1,9}(?:[.,]\d{1,6})?(?:h|ms|m|s))+$/.test(text)) return null;
  let total = 0;
  for (const [, count = '', unit = ''] of text.matchAll(PART))
    total += (inMinutes(count, unit) ?? 0) * 60_000;
  return Math.round(total);
}

function secondsMs(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number(text) * 1000 : null;
}
