import { randomInt, randomUUID } from 'node:crypto';
import type { StatusCause } from './api-status-error.ts';
import type { ObjectMeta } from './meta.ts';
import type { Resource } from './resources.ts';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Five characters of the alphabet that Kubernetes makes generated names of. */
export function suffix(): string {
  return Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** What is wrong with a name, or undefined. Names are DNS subdomains (RBAC names may hold colons too). */
export function nameProblem(name: string | undefined): StatusCause | undefined {
  const field = 'metadata.name';
  if (!name) {
    return {
      reason: 'FieldValueRequired',
      field,
      message: 'Required value: name or generateName is required',
    };
  }
  if (name.length <= 253 && /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/.test(name)) return undefined;
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'";
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(name)}: ${rule}` };
}

/** The fields of metadata that only the server sets on creation. */
export function serverMetadata(resource: Resource, nowMs: number): Partial<ObjectMeta> {
  return {
    uid: randomUUID(),
    creationTimestamp: new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    ...(resource.hasGeneration ? { generation: 1 } : {}),
  };
}
