import type { Queryable } from '#platform';
import { answerFacts, type AnswerFacts } from '../acknowledge/answer-facts.ts';
import type { MessageRow } from '../message-row.ts';
import { restedAfterSeconds, restSeconds, targetOf } from './admit-or-hold.ts';

/**
 * Lets a page through in one statement when its address has rested: most have. Answers what its links need to know of the incident; null: it
 * is not ours any more, or has to be looked at by `admitOrHold`; nothing is written then.
 */
export async function admitAtOnce(
  db: Queryable,
  row: MessageRow,
  { fence }: { readonly fence: number },
): Promise<AnswerFacts | null> {
  const { rows } = await db.query<AnswerFacts & Record<string, unknown>>(
    `with ours as (
       select id from messages where id = $6 and fence = $7 and state = 'sending' for update
     ), admitted as (
       insert into message_pace as p (target, sent_at, streak)
       select $1, clock_timestamp(), 1 from ours
       on conflict (target) do update set sent_at = clock_timestamp(),
         streak = case when p.sent_at < clock_timestamp() - $2 * interval '1 second' then 1 else p.streak + 1 end
       where p.sent_at + ${restSeconds} * interval '1 second' <= clock_timestamp()
         and not exists (select 1 from messages where person = $3 and channel = $4 and address = $5
           and kind = 'summary' and state in ('queued', 'sending'))
       returning streak
     ), let_through as (
       update messages set admitted_at = clock_timestamp()
       where id = $6 and exists (select 1 from admitted) returning incident_id
     )
     select ${answerFacts} from incidents where id = (select incident_id from let_through)`,
    [targetOf(row), restedAfterSeconds, row.person, row.channel, row.address, row.id, fence],
  );
  return rows[0] ?? null;
}
