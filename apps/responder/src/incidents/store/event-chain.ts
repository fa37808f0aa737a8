import { createHash } from 'node:crypto';
import type { IncidentEvent } from '../core/event.ts';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 over the hash before it and the event: changing one stored event breaks every hash after it. */
export function chainHash(previous: string, event: IncidentEvent): string {
  const { seq, at, actor, because, body } = event;
  return createHash('sha256')
    .update(`${previous}\n${canonicalJson({ seq, at, actor, because, body })}`)
    .digest('hex');
}

/** Sequence number of the first event whose hash does not follow; null for an unbroken log. */
export function firstBrokenLink(
  events: readonly { readonly event: IncidentEvent; readonly hash: string }[],
): number | null {
  let previous = '';
  for (const { event, hash } of events) {
    if (chainHash(previous, event) !== hash) return event.seq;
    previous = hash;
  }
  return null;
}
