import type { TimelineEntry } from '@tocsin/contract';
import type { IncidentEvent } from '#incidents';
import { describeEvent } from './describe-event.ts';
import { iso } from './iso.ts';
import { actorView, type NameOf } from './names.ts';

/** One event of the log in plain words. */
export function timelineEntry(event: IncidentEvent, nameOf: NameOf): TimelineEntry {
  const { kind, text, links = [] } = describeEvent(event.body, nameOf);
  return {
    seq: event.seq,
    at: iso(event.at),
    kind,
    text,
    actor: actorView(event.actor),
    because: event.because,
    links,
  };
}
