import type { PostEnd } from './send-post.ts';

/** What follows an attempt. */
export type PostVerdict =
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'again' | 'give-up';
      readonly reason: string;
      /** Until the target is tried again, milliseconds. */
      readonly restMs: number;
      readonly maybeSent: boolean;
      readonly refused: boolean;
    }
  | { readonly kind: 'forget'; readonly reason: string };

const hourMs = 3_600_000;
const firstRestMs = 2000;
const longestRestMs = 15 * 60_000;
/** An older update is no news. */
const longestTryMs = 24 * hourMs;
/** For so long a target may say no: longer than a weekend of a receiver that is set up wrongly. */
const refusedForMs = 72 * hourMs;
const gone = 410;

/** Judges an attempt: 410, or nothing but refusals for three days, ends the subscription; all else is tried again for a day. */
export function judgePost(
  end: PostEnd,
  {
    failures,
    refusedForMs: refused,
    ageMs,
  }: { readonly failures: number; readonly refusedForMs: number | null; readonly ageMs: number },
): PostVerdict {
  if (end === 'closed') {
    const reason = 'the configuration lets no request leave for this target any more';
    return { kind: 'give-up', reason, restMs: 0, maybeSent: false, refused: false };
  }
  const { delivery, status } = end;
  if (delivery.outcome === 'delivered') return { kind: 'sent' };
  const { reason, maybeSent, retryAfterMs } = delivery;
  const refuses = isRefusal(status);
  if (status === gone || (refuses && (refused ?? 0) >= refusedForMs)) return { kind: 'forget', reason };
  return {
    kind: ageMs > longestTryMs ? 'give-up' : 'again',
    reason,
    restMs: Math.max(retryAfterMs ?? 0, Math.min(longestRestMs, firstRestMs * 2 ** Math.min(failures, 20))),
    maybeSent,
    refused: refuses,
  };
}

/** It answered, and asking again as it is cannot help: no overload, no timeout. */
function isRefusal(status: number | null): boolean {
  return status !== null && status >= 300 && status < 500 && ![408, 425, 429].includes(status);
}
