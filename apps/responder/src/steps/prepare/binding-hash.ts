import { createHash } from 'node:crypto';

/** What an approval is bound to. Not the resourceVersion: an outage moves it all the time. */
export interface Binding {
  readonly actionId: string;
  readonly pipeline: readonly (readonly string[])[];
  readonly values: Readonly<Record<string, string>>;
  readonly target: string;
  readonly targetUid: string | null;
  readonly fields: readonly string[];
}

/** SHA-256 of the binding as JSON with sorted keys, hexadecimal. */
export function bindingHash(binding: Binding): string {
  const { actionId, pipeline, values, target, targetUid, fields } = binding;
  return createHash('sha256')
    .update(canonicalJson({ actionId, pipeline, values, target, targetUid, fields }))
    .digest('hex');
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
}
