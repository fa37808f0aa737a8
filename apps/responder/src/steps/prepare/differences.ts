import { redact } from '../redact.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What the server keeps for itself, or follows from the change. */
const notTold =
  /^(?:status|metadata\.(?:managedFields|resourceVersion|generation|selfLink)|metadata\.annotations\[(?:deployment\.kubernetes\.io\/revision|kubectl\.kubernetes\.io\/last-applied-configuration)\])(?:\.|\[|$)/;
const secretName = /pass|pwd|secret|token|key|cred|auth|dsn|salt|_url$|_uri$/i;
/** An argument whose value comes next: `--password hunter2`. */
const secretFlag = /^--?[\w-]*(?:pass|pwd|secret|token|key|cred|auth)[\w-]*$/i;
const longestValue = 120;
const notShown = '(not shown)';

/**
 * What a change makes of an object, a line a field: `spec.replicas: 3 → 2`. Entries of a list are told apart by their name, where they
 * have one. Values of environment variables that are named like secrets are not shown. Pure.
 */
export function differences(before: object, after: object): readonly string[] {
  return [...compare(before as Json, after as Json, '')];
}

function* compare(before: Json | undefined, after: Json | undefined, path: string): Generator<string> {
  if (notTold.test(path) || JSON.stringify(before) === JSON.stringify(after)) return;
  if (isAfterSecretFlag(before, after)) {
    yield `${path}: ${notShown}`;
    return;
  }
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  if (old === null || now === null) {
    yield `${path}: ${shown(before, path)} → ${shown(after, path)}`;
    return;
  }
  for (const key of new Set([...old.keys(), ...now.keys()]))
    yield* compare(old.get(key), now.get(key), Array.isArray(after) ? `${path}[${key}]` : join(path, key));
}

/** The parts of a value by their name; null for one that is compared as a whole. What is not there has none. */
function fieldsOf(value: Json | undefined): ReadonlyMap<string, Json> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map((one: Json, index) => nameOf(one) ?? String(index));
  return new Set(names).size === names.length ? new Map(names.map((name, n) => [name, value[n]])) : null;
}

function nameOf(one: Json): string | null {
  if (typeof one !== 'object' || one === null || !('name' in one)) return null;
  return typeof one.name === 'string' ? one.name : null;
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z]\w*$/.test(key)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

function shown(value: Json | undefined, path: string): string {
  if (value === undefined) return 'none';
  const variable = /\.env\[([^\]]+)\](?:\.value)?$/.exec(path)?.[1];
  if (variable !== undefined && secretName.test(variable)) return notShown;
  // Before it is cut: half a secret is one, too.
  const text = redact(typeof value === 'string' ? value : JSON.stringify(value, withoutSecrets));
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** Lists of arguments with a value that belongs to a flag named like a secret are not told apart. */
function isAfterSecretFlag(...lists: readonly (Json | undefined)[]): boolean {
  return lists.some(
    (list) => Array.isArray(list) && list.some((one) => typeof one === 'string' && secretFlag.test(one)),
  );
}

/** Variables of a container that comes or goes as a whole. */
function withoutSecrets(_key: string, value: Json): Json {
  const name = nameOf(value);
  const isSecret = name !== null && secretName.test(name) && typeof value === 'object' && value !== null;
  return isSecret && 'value' in value ? { name, value: notShown } : value;
}
