const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `500ms`, `10s`, `15m` or `2h`. Throws with the name of the option, the value and what was expected. */
export function parseDurationMs(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (match === null) throw new Error(`${option} ${text}: expected a number with ms, s, m or h, such as 10s`);
  return Number(match[1]) * (unitMs[match[2] ?? ''] ?? Number.NaN);
}
