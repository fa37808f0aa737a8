const valueText = /^\s+(\S+)(?:\s+-?\d+)?\s*$/;
/** So many digits are exact. */
const exactDigits = 15;
const [space, zero] = [32, 48];

function numberOf(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text);
}

/** The value when it is one space and digits, as most counters are; -1 when it is written otherwise. */
function plainCount(text: string, from: number, end: number): number {
  if (text.charCodeAt(from) !== space || end - from < 2 || end - from > exactDigits) return -1;
  let count = 0;
  for (let at = from + 1; at < end; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return -1;
    count = count * 10 + digit;
  }
  return count;
}

/** The value of a sample from behind its series to the end of its line, with or without a time; null when there is none. */
export function sampleValue(text: string, from: number, end: number): number | null {
  const count = plainCount(text, from, end);
  if (count >= 0) return count;
  const value = valueText.exec(text.slice(from, end))?.[1];
  return value === undefined ? null : numberOf(value);
}
