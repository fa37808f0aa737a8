import type { FilterOption } from '@tocsin/runbook';

/** The last value given for an option, as the real tools take it. */
export function lastValue(options: readonly FilterOption[], name: string): string | undefined {
  return options.findLast((one) => one.name === name)?.value;
}

/** True when a flag was given. */
export function hasFlag(options: readonly FilterOption[], name: string): boolean {
  return options.some((one) => one.name === name);
}

/** A whole number of at most nine digits, or null. */
export function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
