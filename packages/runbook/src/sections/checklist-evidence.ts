const EVIDENCE: [string, RegExp][] = [
  ['acknowledged', /acknowledg|classified|classification|bestätigt|eingestuft/i],
  ['stability', /stabil/i],
  ['action-items', /action items?|follow.?ups?|maßnahmen/i],
  [
    'notified',
    /(?:stakeholder|customer|leadership|executive|tenant|merchant|kunden?)s?\b.*(?:notified|informed|updated|told|informiert)/i,
  ],
  [
    'paged',
    /(?:team|responders?|on-?call|bereitschaft).*(?:notified|paged|engaged|assembled|informiert|alarmiert)/i,
  ],
  ['scope', /scope|impact (?:known|determined|assessed)|blast radius|umfang/i],
  [
    'diagnosis',
    /root cause|cause (?:found|identified)|diagnos|ursache|cause (?:identifi|trouv)|causa (?:identificada|encontrada)/i,
  ],
  ['mitigation', /mitigat|fix (?:applied|deployed|implemented)|workaround|behoben/i],
  [
    'recovered',
    /restored|recovered|resolved|service (?:is )?(?:up|back|healthy)|wiederhergestellt|rétabli|restablecid/i,
  ],
  ['status-page', /status.?page|statusseite/i],
];

/** Name of the recorded fact that ticks a checklist line by itself; undefined when only a person can. */
export function evidenceOfLine(text: string): string | undefined {
  return EVIDENCE.find(([, words]) => words.test(text))?.[0];
}
