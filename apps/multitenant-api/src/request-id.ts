import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Makes ids of requests: the caller's own `x-request-id` when it is one that a log can hold, else one that no other pod makes. */
export function requestIds(): (request: IncomingMessage) => string {
  const start = randomBytes(6).toString('hex');
  let count = 0;
  return (request) => {
    const given = request.headers['x-request-id'];
    if (typeof given === 'string' && /^[A-Za-z0-9_.:/+=-]{1,64}$/.test(given)) return given;
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
}
