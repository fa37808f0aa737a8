import type { FastifyRequest } from 'fastify';
import type { Incoming, Malformed, SenderConfig } from '#alerts';
import type { IntakeContext } from './register-intake.ts';
import { jsonBody } from './read-body.ts';

const longestItem = 20_000;

/** Reads the body with `read` and stores what it says, good and bad; what is bad is answered. */
export async function takeIn(
  { ports }: IntakeContext,
  { name }: SenderConfig,
  request: FastifyRequest,
  read: (body: unknown) => Incoming,
): Promise<Incoming> {
  const body = jsonBody(request);
  const incoming = 'value' in body ? read(body.value) : notJson(body.text);
  await ports.alerts.take(name, incoming);
  return incoming;
}

function notJson(text: string): Incoming {
  const item = text.replaceAll('\0', '').slice(0, longestItem);
  const value = JSON.stringify(item.slice(0, 200));
  return { alerts: [], words: [], malformed: [{ place: 'body', value, expected: 'JSON', item }] };
}

/** Place, value and what was expected, one line each. */
export function malformedLines(malformed: readonly Malformed[]): readonly string[] {
  return malformed.map(({ place, value, expected }) => `${place}: ${value}; expected ${expected}`);
}
