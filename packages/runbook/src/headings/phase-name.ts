const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const COUNTED = new RegExp(
  `^(phase|stage|etappe|schritt|étape|etapa|fase|step|paso)\\s*(?:#?(\\d{1,3})|(${[...NUMBERS, ...ROMAN.toReversed()].join('|')})(?![A-Za-z\\u00C0-\\u024F\\d]))?\\s*[:.)–—-]*\\s*(.*)$`,
  'iu',
);
/** Steps are phases only when they carry a window. */
const SMALL = /^(?:step|paso|étape)$/i;

/** Headings that by themselves name a phase of a response. */
export const NAMED_PHASE =
  /^(?:acknowledg(?:e|e?ment|ing)|assess(?:ment|ing)?|triage|initial (?:triage|assessment|response)|investigat(?:e|ion|ing)|diagnos(?:e|is|tics)|isolat(?:e|ion)|contain(?:ment)?|mitigat(?:e|ion|ing)|remediat(?:e|ion)|recover(?:y)?|restor(?:e|ation)|stabili[sz](?:e|ation)|verif(?:y|ication)|validat(?:e|ion))$/i;

/** A heading that begins with `Phase 2:`, `Stage two -`, `Step 3.`; `always`: a phase even without a window. */
export function countedPhase(title: string): { number: number | null; rest: string; always: boolean } | null {
  const match = COUNTED.exec(title.slice(0, 500));
  if (match === null) return null;
  const [, word = '', digits, spelled, rest = ''] = match;
  // "Phases of the response" or "Steps" is no phase.
  if (digits === undefined && spelled === undefined && !/^\S+\s*[:.–—-]\s/.test(title)) return null;
  return { number: numberOf(digits, spelled), rest, always: !SMALL.test(word) };
}

function numberOf(digits: string | undefined, spelled: string | undefined): number | null {
  if (digits !== undefined) return Number(digits);
  const word = (spelled ?? '').toLowerCase();
  const index = Math.max(NUMBERS.indexOf(word), ROMAN.indexOf(word));
  return index < 0 ? null : index + 1;
}
