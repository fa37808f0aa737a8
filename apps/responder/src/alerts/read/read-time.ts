import type { EpochMs } from '#facts';

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

let lastText = '';
let lastTime: EpochMs = 0;

/** An RFC 3339 instant; null when it is none. The alerts of a delivery mostly share theirs, so the last one is kept. */
export function readTime(text: unknown): EpochMs | null {
  if (typeof text !== 'string') return null;
  if (text === lastText) return lastTime;
  const time = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) return null;
  lastText = text;
  lastTime = time;
  return time;
}

/** Go writes its zero time for "not said". */
export function isSaid(time: unknown): boolean {
  return (
    time !== undefined &&
    time !== null &&
    time !== '' &&
    !(typeof time === 'string' && time.startsWith('0001-01-01T00:00:00'))
  );
}
