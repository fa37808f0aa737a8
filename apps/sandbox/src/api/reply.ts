import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { notImplemented, type ApiStatusError, type ObjectStore } from '#store';
import type { ApiPorts } from './ports.ts';
import type { Upgrade } from './streams/upgrade.ts';
import type { NamedTarget, Target } from './target.ts';

/** What every handler works with. */
export interface ApiContext {
  store: ObjectStore;
  ports: ApiPorts;
  adminToken: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** How long a node may keep the API server waiting. */
  kubeletTimeoutMs: number;
}

/** A request as the handlers see it; the body is parsed JSON, or undefined. */
export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** An answer: a body (text as it is, anything else as JSON), a stream that writes by itself, or another protocol. */
export type Reply =
  | { code: number; body: unknown; contentType?: string; warning?: string }
  | { stream: (response: ServerResponse) => void | Promise<void>; warning?: string }
  | { upgrade: (upgrade: Upgrade) => void; warning?: string };

/** Answers a request for one object, or a part of it. */
export type Handler = (
  context: ApiContext,
  target: NamedTarget,
  request: ApiRequest,
) => Reply | Promise<Reply>;

/** A plain 200. */
export function ok(body: unknown): Reply {
  return { code: 200, body };
}

/** Whether the client would rather have a Table. */
export function wantsTable({ headers }: ApiRequest): boolean {
  return headers.accept?.includes('as=Table') ?? false;
}

/** Whether the client follows what it asks for. */
export function isWatch({ method, query }: ApiRequest): boolean {
  return method === 'GET' && ['true', '1'].includes(query.get('watch') ?? '');
}

/** Whether nothing shall be kept of this request. */
export function isDryRun({ query, body }: ApiRequest): boolean {
  const options = body as { dryRun?: unknown; deleteOptions?: { dryRun?: unknown } } | undefined;
  const asked = [query.getAll('dryRun'), options?.dryRun, options?.deleteOptions?.dryRun];
  return asked.some((list) => Array.isArray(list) && list.includes('All'));
}

/** 501 for a method that the sandbox leaves out on this target. */
export function notAllowed(request: ApiRequest, target: Target): ApiStatusError {
  const part = target.subresource === undefined ? '' : `/${target.subresource}`;
  const what =
    target.name === undefined
      ? `the collection of ${target.resource.plural}`
      : `${target.resource.plural}${part}`;
  return notImplemented(`${request.method} on ${what}`);
}
