import type { AnswerFacts } from './acknowledge/answer-facts.ts';
import { answerWays } from './acknowledge/answer-ways.ts';
import type { MessageText, Sending } from './attempt.ts';
import type { MessageRow } from './message-row.ts';
import { readOffers } from './offers/read-offers.ts';

/** What a page says, with its ways to answer it; `known`: what was read of the incident already. */
export async function pageMessage(
  { db, publicUrl }: Pick<Sending, 'db' | 'publicUrl'>,
  page: Pick<MessageRow, 'incident_id' | 'person' | 'channel' | 'subject' | 'body'>,
  known: AnswerFacts | null = null,
): Promise<MessageText> {
  const { incident_id: incidentId, person, channel, subject, body } = page;
  const answer = await answerWays(db, { incidentId, person, known }, publicUrl);
  // Only there a press proves who pressed, and can approve.
  const offers = channel === 'slack' ? await readOffers(db, incidentId) : [];
  return { subject, body, incidentId, answer, offers };
}
