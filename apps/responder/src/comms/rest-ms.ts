const longestRestMs = 30_000;

/** 1 s, 2 s, 4 s ... at most 30 s, or as long as was asked. A provider that was not asked yet is asked at once when it may be. */
export function restMs(attempts: number, askedMs = 0, providers = 1): number {
  if (attempts < providers) return askedMs;
  const rounds = Math.ceil(attempts / Math.max(1, providers));
  return Math.max(askedMs, Math.min(longestRestMs, 1000 * 2 ** Math.max(0, rounds - 1)));
}
