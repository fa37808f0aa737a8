import { stringify } from 'yaml';

type Json = Readonly<Record<string, unknown>>;

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

const noise = ['managedFields', 'uid', 'generateName', 'selfLink', 'resourceVersion'];

function withoutNoise(meta: Json): Json {
  return Object.fromEntries(Object.entries(meta).filter(([key]) => !noise.includes(key)));
}

function conditionLines(conditions: readonly Condition[]): string {
  const lines = conditions.map(
    ({ type, status, reason = '', message = '', lastTransitionTime = '' }) =>
      `  ${type.padEnd(17)} ${status.padEnd(8)} ${lastTransitionTime}  ${reason}  ${message}\n`,
  );
  return `Conditions:\n${lines.join('')}`;
}

function eventLines(events: readonly Json[]): string {
  if (events.length === 0) return 'Events:  <none>\n';
  const lines = events.map((event) => {
    const at = event['lastTimestamp'] ?? event['eventTime'] ?? '';
    return `  ${at}  ${event['type']}  ${event['reason']}  ${event['message']}\n`;
  });
  return `Events:\n${lines.join('')}`;
}

/**
 * An object in words: its name, conditions, spec, status and events. Not kubectl's own layout: the same facts as
 * readable text, with the `Conditions:` line that runbooks look for.
 */
export function describeText(object: Json, events: readonly Json[]): string {
  const meta = (object['metadata'] ?? {}) as Json;
  const status = (object['status'] ?? {}) as Json;
  const { conditions, images: _images, ...rest } = status;
  const parts = [
    `Name:  ${String(meta['name'])}\n`,
    Array.isArray(conditions) ? conditionLines(conditions as Condition[]) : '',
    stringify({ metadata: withoutNoise(meta), spec: object['spec'] ?? {}, status: rest }),
    eventLines(events),
  ];
  return parts.join('');
}
