import { fingerprintOfKey } from '../fingerprint.ts';
import type { Arrival, Incoming, IncomingAlert, Labels, Malformed } from '../incoming.ts';
import { isRecord, malformed } from './malformed.ts';
import { isSaid, readTime } from './read-time.ts';

type Body = Readonly<Record<string, unknown>>;

const severities = ['critical', 'error', 'warning', 'info'];
const longestKey = 255;

/** An event of PagerDuty's Events API v2, and the key by which later events mean the same alert. */
export interface EventRead {
  readonly incoming: Incoming;
  readonly dedupKey: string;
}

/** Reads a trigger, acknowledge or resolve event. `newKey` serves a trigger that brings none. */
export function readEvent(body: unknown, newKey: string, arrival: Arrival): EventRead {
  const bad = problemOf(body);
  if (bad !== null) return { incoming: { alerts: [], words: [], malformed: [bad] }, dedupKey: '' };
  const event = body as Body;
  const dedupKey = textAt(event, 'dedup_key') ?? newKey;
  const hash = fingerprintOfKey('pagerduty', dedupKey);
  const none = { alerts: [], words: [], malformed: [] };
  switch (event['event_action']) {
    case 'trigger':
      return { incoming: { ...none, alerts: [alertOf(event, hash, arrival)] }, dedupKey };
    case 'acknowledge':
      return { incoming: { ...none, words: [{ hash, word: 'acknowledged' }] }, dedupKey };
    default:
      return { incoming: { ...none, words: [{ hash, word: 'ended' }] }, dedupKey };
  }
}

function problemOf(body: unknown): Malformed | null {
  if (!isRecord(body)) return malformed('body', body, 'an object', body);
  const action = body['event_action'];
  if (action !== 'trigger' && action !== 'acknowledge' && action !== 'resolve')
    return malformed('body.event_action', action, 'trigger, acknowledge or resolve', body);
  return (
    problemOfKey(action, body) ?? (action === 'trigger' ? problemOfPayload(body['payload'], body) : null)
  );
}

function problemOfKey(action: string, body: Body): Malformed | null {
  const key = body['dedup_key'];
  if (isSaid(key) && (typeof key !== 'string' || key.length > longestKey || key.includes('\0')))
    return malformed('body.dedup_key', key, `a text of at most ${longestKey} characters`, body);
  return action === 'trigger' || isSaid(key)
    ? null
    : malformed('body.dedup_key', key, `the key of the event to ${action}`, body);
}

function problemOfPayload(payload: unknown, item: Body): Malformed | null {
  if (!isRecord(payload)) return malformed('body.payload', payload, 'an object', item);
  for (const name of ['summary', 'source'])
    if (textAt(payload, name) === null)
      return malformed(`body.payload.${name}`, payload[name], 'a text', item);
  if (!severities.includes(String(payload['severity'])))
    return malformed('body.payload.severity', payload['severity'], `one of ${severities.join(', ')}`, item);
  const time = payload['timestamp'];
  if (isSaid(time) && readTime(time) === null)
    return malformed('body.payload.timestamp', time, 'an instant of RFC 3339', item);
  return null;
}

function alertOf(event: Body, hash: IncomingAlert['hash'], { at, resolveAfterMs }: Arrival): IncomingAlert {
  const payload = event['payload'] as Body;
  const labels: Record<string, string> = {};
  for (const name of ['source', 'severity', 'component', 'group', 'class'])
    labels[name] = textAt(payload, name) ?? '';
  const summary = textAt(payload, 'summary') ?? '';
  return {
    hash,
    labels: said(labels),
    annotations: said({ summary, details: detailsOf(payload['custom_details']) }),
    generatorUrl: textAt(event, 'client_url') ?? '',
    startsAt: Math.min(readTime(payload['timestamp']) ?? at, at),
    endsAt: at + resolveAfterMs,
    name: textAt(payload, 'class') ?? summary,
    severity: textAt(payload, 'severity'),
    flag: null,
  };
}

function said(texts: Labels): Labels {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

function textAt(record: Body, name: string): string | null {
  const value = record[name];
  return typeof value === 'string' && value.trim() !== '' ? value.replaceAll('\0', '') : null;
}

function detailsOf(details: unknown): string {
  return details === undefined || details === null
    ? ''
    : JSON.stringify(details).replaceAll('\\u0000', '').slice(0, 4000);
}
