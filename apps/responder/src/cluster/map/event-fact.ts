import type { EventFact } from '#facts';
import { toEpochMs, type WireMeta } from './object-shape.ts';

export interface WireEvent {
  readonly metadata: WireMeta;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly type?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string | null } | null;
}

const timesNewestFirst = [
  (event: WireEvent) => event.series?.lastObservedTime,
  (event: WireEvent) => event.lastTimestamp,
  (event: WireEvent) => event.eventTime,
  (event: WireEvent) => event.firstTimestamp,
  (event: WireEvent) => event.metadata.creationTimestamp,
];

function eventAt(event: WireEvent): number {
  for (const read of timesNewestFirst) {
    const at = toEpochMs(read(event));
    if (at !== null) return at;
  }
  return 0;
}

/** What an Event says; `at` is its last occurrence (Scheduled events have only `eventTime`). */
export function eventFact(event: WireEvent): EventFact {
  const { reason = '', message = '', type = 'Normal', count = 1 } = event;
  const { kind = '', name = '' } = event.involvedObject ?? {};
  return {
    at: eventAt(event),
    reason,
    message,
    type,
    subject: `${kind.toLowerCase()}/${name}`,
    count: event.series?.count ?? count,
  };
}
