import type { FailedDelivery } from './channel.ts';

/** What becomes of a row whose attempt has failed, and not for good: columns and values as its `update` takes them. */
export function againLater(
  { reason, maybeSent }: Pick<FailedDelivery, 'reason' | 'maybeSent'>,
  waitMs: number,
): [set: string, values: unknown[]] {
  return [
    `state = 'queued', last_error = $3, may_be_repeat = may_be_repeat or $4,
     due_at = clock_timestamp() + $5 * interval '1 millisecond'`,
    [reason, maybeSent, waitMs],
  ];
}
