import { parseDurationMs } from '../duration.ts';

/** When something holds, as the options say it. */
export interface SpanOptions {
  readonly from?: string;
  readonly to?: string;
  readonly for?: string;
}

/** The span as the API takes it; `from` is absent when it begins at once. Throws with option, value and what was expected. */
export function readSpan(options: SpanOptions, now: number): { readonly from?: string; readonly to: string } {
  const from = options.from === undefined ? null : readInstant('--from', options.from);
  if ((options.to === undefined) === (options.for === undefined))
    throw new Error('expected one of --to TIME and --for DURATION');
  const to =
    options.to === undefined
      ? new Date(
          (from === null ? now : Date.parse(from)) + parseDurationMs('--for', options.for ?? ''),
        ).toISOString()
      : readInstant('--to', options.to);
  return from === null ? { to } : { from, to };
}

/** An ISO instant; without an offset it is the clock of this machine. */
export function readInstant(option: string, given: string): string {
  const at = /^\d{4}-\d\d-\d\d/.test(given)
    ? Date.parse(given.includes('T') ? given : `${given}T00:00`)
    : Number.NaN;
  if (Number.isNaN(at))
    throw new Error(
      `${option}: ${given}; expected a time such as 2026-12-24T18:00 or 2026-12-24T18:00+01:00`,
    );
  return new Date(at).toISOString();
}
