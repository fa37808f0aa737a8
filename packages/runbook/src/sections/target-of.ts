const VERB =
  /(?<![A-Za-z\u00C0-\u024F-])(?:page|call|notify|alert|inform|contact|ring|wake|escalate (?:it )?to|involve|bring in|add|alarmiere|rufe|informiere|prévenir|appeler|llamar a|avisar a)\s+(?:the\s+|an?\s+|den\s+|die\s+|das\s+|le\s+|la\s+|el\s+|to\s+)?/iu;
/** What follows the person: when, why, how. */
const REST =
  /\s*(?:[,.;]|\s(?:if|when|after|without|at once|immediately|within|unless|first|as well|too|right away)(?=[\s.,;]|$)|\s(?:on|by|via)\s(?:slack|teams|phone|the phone|pager|e-?mail|#)).*$/i;
const SEPARATOR = /:\s+|\s[–—-]\s|\s->\s|\s→\s/;

/** Who is called: what stands behind the last separator, or behind "page", "notify", "escalate to"; empty when nobody is named. */
export function targetOf(text: string): string {
  const line = text.slice(0, 1000);
  const verb = VERB.exec(line);
  const parts = line.split(SEPARATOR);
  const last = (parts.at(-1) ?? '').trim();
  if (parts.length > 1 && VERB.exec(last) === null) return last.replace(/[.;]$/, '');
  if (verb === null) return '';
  const behind = VERB.exec(last) ?? verb;
  const from = behind === verb && parts.length === 1 ? line : last;
  return from
    .slice(behind.index + behind[0].length)
    .replace(REST, '')
    .trim();
}
