import { manyAnswers } from '../acknowledge/many-answers.ts';
import type { MessageText, Sending } from '../attempt.ts';
import type { MessageRow } from '../message-row.ts';
import { pageMessage } from '../page-message.ts';
import { listed, shownOf, type SummaryLine, summaryText } from './summary-text.ts';

/** What a summary says: of a single page its own words, of several each in a line; about one incident it is answered as a page is. */
export async function summaryMessage(
  sending: Pick<Sending, 'db' | 'publicUrl'>,
  row: MessageRow,
  lines: readonly SummaryLine[],
): Promise<MessageText> {
  const shown = shownOf(lines);
  const text = summaryText(shown, sending.publicUrl);
  const newest = shown.at(-1);
  if (newest !== undefined && shown.every((one) => one.incidentId === newest.incidentId)) {
    const about = { ...row, ...(shown.length === 1 ? newest : text), incident_id: newest.incidentId };
    return { ...(await pageMessage(sending, about)), answeredAs: newest.id };
  }
  const incidents = [...new Map(shown.map((one) => [one.incidentId, one])).values()];
  const about = {
    summaryId: row.id,
    person: row.person,
    listed: incidents.slice(0, listed),
    others: Math.max(0, incidents.length - listed),
  };
  return {
    ...text,
    incidentId: null,
    answer: null,
    answers: await manyAnswers(sending.db, about, sending.publicUrl),
  };
}
