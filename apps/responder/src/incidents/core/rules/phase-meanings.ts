/** What a phase is for, by the words of its name. */
export const phaseMeanings = {
  acknowledgment: /acknowledg|respon[ds]/i,
  assessment: /assess|triage/i,
  isolation: /isolat|investigat|diagnos/i,
  mitigation: /mitigat/i,
  recovery: /recover/i,
} as const;

export type PhaseMeaning = keyof typeof phaseMeanings;

/** The first that fits; null for a phase of another name. */
export function meaningOf(name: string): PhaseMeaning | null {
  const fits = (meaning: PhaseMeaning): boolean => phaseMeanings[meaning].test(name);
  return (Object.keys(phaseMeanings) as PhaseMeaning[]).find(fits) ?? null;
}
