import { causesOf } from '../sections/causes.ts';

const OPENING = '(?:if|when|in case of|in the event of|falls|wenn|bei|si|cuando|en cas de|en caso de|quand)';
const SUBJECT =
  "(?:it[’']?s|it is|the (?:cause|problem|issue) is|there is|there are|es ist|es handelt sich um|es (?=ein|die|der|das)|c[’']est|il s[’']agit d[’']|es (?=un|el|la)|hay)";
const ARTICLE = '(?:(?:an?|the|eine?n?|der|die|das|une?|les?|la|el|los|las|una)\\s)';
const CONDITION = new RegExp(`^${OPENING}\\s+(?:${SUBJECT}\\s*)?${ARTICLE}?\\s*(.+?)\\s*:?$`, 'iu');
/** "When to escalate", "If needed": no cause that a diagnosis could name. */
const NO_CAUSE =
  /^(?:if|when)\s+(?:to|not|needed|necessary|required|possible|applicable|in doubt|you|we|all|nothing|everything)\b/i;
const ISSUE = /(?:issue|problem|failure|outage|störung|ausfall|problème|panne|problema|fallo)s?$/i;
const IMPERATIVE = /^(?:check|verify|look|find|identify|investigate|list|known|common|report|other)\b/i;

/** What `If it's a Node Issue` or, inside a phase, `Node failure` is about; null when a heading sets no condition. */
export function conditionOf(title: string, inPhase: boolean): string | null {
  const text = title.slice(0, 300);
  if (NO_CAUSE.test(text)) return null;
  const match = CONDITION.exec(text);
  if (match !== null) return withoutVerb(match[1] ?? title);
  if (!inPhase || !ISSUE.test(text) || IMPERATIVE.test(text) || text.split(/\s+/).length > 4) return null;
  return causesOf(text).length > 0 ? text : null;
}

/** German puts the verb last: "falls es ein Knoten ist". */
function withoutVerb(when: string): string {
  return when.replace(/\s+(?:ist|sind|war)$/i, '');
}
