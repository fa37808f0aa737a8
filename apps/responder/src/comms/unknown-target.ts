import type { FailedDelivery } from './channel.ts';

/** An address that the configuration does not know (any more). */
export function unknownTarget(address: string, known: readonly string[]): FailedDelivery {
  const reason = `no target "${address}" is configured; expected one of ${known.join(', ') || '(none)'}`;
  return { outcome: 'failed', permanent: true, maybeSent: false, reason };
}
