import { severityId, severityRank } from '../headings/severity-name.ts';
import type { Audience, Mailing, Severity } from '../plan.ts';
import type { Sentence } from './sentences.ts';

const MAIL = /\be-?mails?\b|\bmailings?\b|courriels?|correos?/i;
const WORD = /[\p{L}\d][\p{L}\d-]*/gu;

/** "Email notifications: For critical outages affecting customers": who is written to, and for which severities; null when it says no such thing. */
export function readMailing(
  { text, source }: Sentence,
  audience: Audience,
  severities: readonly Severity[],
): Mailing | null {
  if (!MAIL.test(text)) return null;
  const meant = severities.filter((one) => isMeant(text, one)).map(({ id }) => id);
  return meant.length === 0 ? null : { audience, severities: meant, text, source };
}

/** By its id, or by a word as bad as its name: "critical", "kritisch". */
function isMeant(text: string, { id, name }: Severity): boolean {
  if (severityId(text) === id) return true;
  const rank = severityRank(name);
  if (rank === null) return false;
  return (text.slice(0, 500).match(WORD) ?? []).some((word) => severityRank(word) === rank);
}
