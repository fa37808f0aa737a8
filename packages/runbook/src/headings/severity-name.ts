/** Words for how bad an outage is, the worst first; each group is one step. */
const WORDS: RegExp[] = [
  /^(?:critical|blocker|catastrophic|emergency|kritisch|critique|crític[oa])(?![A-Za-z\u00C0-\u024F])/iu,
  /^(?:high|major|severe|serious|hoch|schwerwiegend|schwer|élevée?|majeure?|grave|alt[oa]|mayor)(?![A-Za-z\u00C0-\u024F])/iu,
  /^(?:medium|moderate|mittel|moyen(?:ne)?|modérée?|medi[oa]|moderad[oa])(?![A-Za-z\u00C0-\u024F])/iu,
  /^(?:low|minor|niedrig|gering|leicht|faible|mineure?|baj[oa]|menor|leve)(?![A-Za-z\u00C0-\u024F])/iu,
  /^(?:cosmetic|informational|trivial|kosmetisch|cosmétique|cosmétic[oa])(?![A-Za-z\u00C0-\u024F])/iu,
];

const MARK = '(?:P|S|SEV(?:ERITY)?|PRIO(?:RITY|RITÄT)?|LEVEL|STUFE|NIVEAU|NIVEL)';
/** `P0`, `SEV-1`, `S1`, `Sev 2`, `Priority 1`, `severity::1`. */
const NUMBERED = new RegExp(
  `(?<![A-Za-z\\u00C0-\\u024F\\d])${MARK}(?:[ _-]|::)?(\\d)(?![A-Za-z\\u00C0-\\u024F\\d])`,
  'iu',
);

/** The id that a text gives a severity (`P0`), or null; its mark must stand within the first 60 characters. */
export function severityId(text: string): string | null {
  const match = NUMBERED.exec(text.slice(0, 60));
  return match === null ? null : `P${match[1]}`;
}

const OPENS = new RegExp(
  `^[^A-Za-z\\u00C0-\\u024F\\d]*${MARK}(?:[ _-]|::)?\\d(?![A-Za-z\\u00C0-\\u024F\\d])`,
  'iu',
);
const IN_BRACKETS = new RegExp(`[([]${MARK}(?:[ _-]|::)?\\d[)\\]]`, 'iu');

/** True when a text names a severity and does not only speak of one: the mark opens it, or stands in brackets. */
export function opensWithSeverity(text: string): boolean {
  const start = text.slice(0, 60);
  return OPENS.test(start) || IN_BRACKETS.test(start);
}

/** The text without the mark of its severity: `Critical Outage (P0)` is `Critical Outage`. */
export function withoutSeverityId(text: string): string {
  let rest = text.slice(0, 200);
  for (let match = NUMBERED.exec(rest); match !== null && match.index < 60; match = NUMBERED.exec(rest)) {
    const before = rest.slice(0, match.index).replace(/[\s([{~:–—/-]+$/, '');
    const after = rest.slice(match.index + match[0].length).replace(/^[\s)\]}:–—/-]+/, '');
    rest = `${before} ${after}`;
  }
  const whole = `${rest}${text.slice(200)}`.trim();
  return /^\(([^()]+)\)$/.exec(whole)?.[1] ?? whole;
}

/** How bad a word such as `Critical` or `Low` says it is, 0 the worst; null when the text begins with none. */
export function severityRank(text: string): number | null {
  const rank = WORDS.findIndex((words) => words.test(text.trim()));
  return rank < 0 ? null : rank;
}
