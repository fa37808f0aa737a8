import type { Status, StatusCause } from 'kubernetes-types/meta/v1.d.ts';
import { apiVersionOf, qualifiedName, type Resource } from './resources.ts';

export type { Status, StatusCause };

/** What is thrown by the store and sent by the API: code, reason and message in Kubernetes' own words. */
export class ApiStatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Status['details'];

  constructor(code: number, reason: string, message: string, details?: Status['details']) {
    super(message);
    this.name = 'ApiStatusError';
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The object for the wire. */
  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      details: this.details,
      code: this.code,
    };
  }
}

type Named = Pick<Resource, 'group' | 'plural'>;

function detailsOf(resource: Named, name: string): NonNullable<Status['details']> {
  return { name, group: resource.group || undefined, kind: resource.plural };
}

/** 404. */
export function notFound(resource: Named, name: string): ApiStatusError {
  const message = `${qualifiedName(resource)} "${name}" not found`;
  return new ApiStatusError(404, 'NotFound', message, detailsOf(resource, name));
}

/** 409 on create. */
export function alreadyExists(resource: Named, name: string): ApiStatusError {
  const message = `${qualifiedName(resource)} "${name}" already exists`;
  return new ApiStatusError(409, 'AlreadyExists', message, detailsOf(resource, name));
}

/** 409 on update: the object changed since it was read, or `why` says what else stands against it. */
export function conflict(resource: Named, name: string, why?: string): ApiStatusError {
  const reason =
    why ?? 'the object has been modified; please apply your changes to the latest version and try again';
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${reason}`;
  return new ApiStatusError(409, 'Conflict', message, detailsOf(resource, name));
}

/** 422 with the violated fields. */
export function invalid(resource: Resource, name: string, causes: StatusCause[]): ApiStatusError {
  const shown = causes.map(({ field = '', message = '' }) => `${field}: ${message}`);
  const list = shown.length === 1 ? shown[0] : `[${shown.join(', ')}]`;
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
  const details = { ...detailsOf(resource, name), kind: resource.kind, causes };
  return new ApiStatusError(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, details);
}

/** 400. */
export function badRequest(message: string): ApiStatusError {
  return new ApiStatusError(400, 'BadRequest', message);
}

/** 403, refused by a rule of the cluster (a quota, a limited account). */
export function forbidden(resource: Named, name: string, why: string): ApiStatusError {
  const subject = name === '' ? qualifiedName(resource) : `${qualifiedName(resource)} "${name}"`;
  return new ApiStatusError(403, 'Forbidden', `${subject} is forbidden: ${why}`, detailsOf(resource, name));
}

/** 410: the watch asked for history that is no longer kept. */
export function expired(since: string, oldest: number): ApiStatusError {
  return new ApiStatusError(410, 'Expired', `too old resource version: ${since} (${oldest})`);
}

/** 501: names what the sandbox leaves out; docs/sandbox.md lists what it does. */
export function notImplemented(what: string): ApiStatusError {
  const message = `the sandbox does not implement ${what}; docs/sandbox.md lists what it does`;
  return new ApiStatusError(501, 'NotImplemented', message);
}

/** 400 for an object whose apiVersion or kind is not the resource's. */
export function wrongKind(
  resource: Resource,
  found: { apiVersion?: unknown; kind?: unknown },
): ApiStatusError {
  const expected = `${apiVersionOf(resource)}, Kind=${resource.kind}`;
  return badRequest(
    `the object provided is ${String(found.apiVersion)}, Kind=${String(found.kind)}, expected ${expected}`,
  );
}
