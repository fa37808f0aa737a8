import type { EpochMs } from '#facts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Arrival, IncomingAlert, Labels, Malformed } from '../incoming.ts';
import { isRecord, malformed } from './malformed.ts';
import { isSaid, readTime } from './read-time.ts';

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const goodNames = new Set<string>();
const rememberedNames = 10_000;

/** Checks an alert as Alertmanager's v2 API and its webhook give it. `place` is where it stood in the body. */
export function readAlert(value: unknown, place: string, arrival: Arrival): IncomingAlert | Malformed {
  if (!isRecord(value)) return malformed(place, value, 'an object with labels', value);
  const { labels, annotations = {} } = value;
  const problem =
    problemOfLabels(labels, `${place}.labels`, value) ??
    problemOfTexts(annotations, `${place}.annotations`, value);
  if (problem !== null) return problem;
  const times = readTimes(value, place, arrival);
  if ('expected' in times) return times;
  const kept = withoutEmpty(labels as Labels);
  return {
    hash: fingerprintOf(kept),
    labels: kept,
    annotations: annotations as Labels,
    generatorUrl: typeof value['generatorURL'] === 'string' ? value['generatorURL'] : '',
    ...times,
    name: null,
    severity: null,
    flag: null,
  };
}

function problemOfLabels(labels: unknown, place: string, item: unknown): Malformed | null {
  const problem = problemOfTexts(labels, place, item);
  if (problem !== null) return problem;
  let said = false;
  for (const name in labels as Labels) {
    if (!isLabelName(name))
      return malformed(`${place}.${name}`, name, 'a label name of letters, digits and underscores', item);
    said ||= (labels as Labels)[name] !== '';
  }
  return said ? null : malformed(place, labels, 'at least one label', item);
}

function problemOfTexts(texts: unknown, place: string, item: unknown): Malformed | null {
  if (!isRecord(texts)) return malformed(place, texts, 'an object of texts', item);
  for (const name in texts) {
    const text = texts[name];
    if (typeof text !== 'string') return malformed(`${place}.${name}`, text, 'a text', item);
    if (text.includes('\0')) return malformed(`${place}.${name}`, text, 'a text without NUL', item);
  }
  return null;
}

function isLabelName(name: string): boolean {
  if (goodNames.has(name)) return true;
  if (!labelName.test(name)) return false;
  if (goodNames.size < rememberedNames) goodNames.add(name);
  return true;
}

/** A label with an empty value is the same as none. */
function withoutEmpty(labels: Labels): Labels {
  for (const name in labels)
    if (labels[name] === '')
      return Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== ''));
  return labels;
}

type Times = { readonly startsAt: EpochMs; readonly endsAt: EpochMs };

function readTimes(
  value: Readonly<Record<string, unknown>>,
  place: string,
  { at, resolveAfterMs }: Arrival,
): Times | Malformed {
  const endsAt = isSaid(value['endsAt']) ? readTime(value['endsAt']) : endOf(value, at, resolveAfterMs);
  if (endsAt === null) return malformed(`${place}.endsAt`, value['endsAt'], 'an instant of RFC 3339', value);
  const startsAt = isSaid(value['startsAt']) ? readTime(value['startsAt']) : Math.min(at, endsAt);
  if (startsAt === null)
    return malformed(`${place}.startsAt`, value['startsAt'], 'an instant of RFC 3339', value);
  if (startsAt > endsAt)
    return malformed(`${place}.endsAt`, value['endsAt'], `an instant not before startsAt`, value);
  return { startsAt, endsAt };
}

/** Webhooks say by `status` that an alert has ended; everything else lives until it is not refreshed. */
function endOf(value: Readonly<Record<string, unknown>>, at: EpochMs, resolveAfterMs: number): EpochMs {
  return value['status'] === 'resolved' ? at : at + resolveAfterMs;
}
