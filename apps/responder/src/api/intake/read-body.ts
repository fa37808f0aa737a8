import type { FastifyRequest } from 'fastify';
import type { Proof } from '#alerts';

const nothing = Buffer.alloc(0);

/** The body as it came. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : nothing;
}

/** The body as JSON, or the text that is none. */
export function jsonBody(request: FastifyRequest): { readonly value: unknown } | { readonly text: string } {
  const text = rawBody(request).toString('utf8');
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { text };
  }
}

/** What the request proves itself with. */
export function proofOf(request: FastifyRequest, bodyToken?: string): Proof {
  const { headers } = request;
  return { authorization: headers.authorization, headers, body: rawBody(request), bodyToken };
}
