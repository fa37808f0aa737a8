import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { Traffic } from './start-traffic.ts';

const since = z.iso.datetime({
  offset: true,
  error: 'an ISO 8601 instant, for example 2026-01-31T12:00:00Z',
});
const rate = z.strictObject(
  {
    requestsPerSecondPerTenant: z
      .number('a number from 0 (pause) to 100')
      .min(0, 'at least 0')
      .max(100, 'at most 100'),
  },
  'an object with "requestsPerSecondPerTenant"',
);

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(
  response: ServerResponse,
  place: string,
  failure: { value: unknown; error: z.ZodError },
): void {
  const expected = failure.error.issues.map((issue) => issue.message).join('; ');
  answer(response, 400, { error: `${place}: ${JSON.stringify(failure.value)}; expected ${expected}` });
}

function statsAnswer(traffic: Traffic, url: URL, response: ServerResponse): void {
  const value = url.searchParams.get('since');
  if (value === null) return answer(response, 200, traffic.stats());
  const parsed = since.safeParse(value);
  if (!parsed.success) return refuse(response, 'query since', { value, error: parsed.error });
  answer(response, 200, traffic.stats(Date.parse(parsed.data)));
}

async function rateAnswer(
  traffic: Traffic,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const value = await json(request).catch(() => 'not JSON');
  const parsed = rate.safeParse(value);
  if (!parsed.success) return refuse(response, 'body', { value, error: parsed.error });
  traffic.setRate(parsed.data.requestsPerSecondPerTenant);
  answer(response, 200, parsed.data);
}

/**
 * A handler for `http.createServer`: `GET /stats?since=ISO`, `GET /rate` and `PUT /rate {requestsPerSecondPerTenant}`, where 0
 * pauses. A wrong value answers 400 with place, value and expectation.
 */
export function trafficServer(traffic: Traffic): RequestListener {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://traffic');
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /stats':
        return statsAnswer(traffic, url, response);
      case 'GET /rate':
        return answer(response, 200, { requestsPerSecondPerTenant: traffic.rate() });
      case 'PUT /rate':
        return void rateAnswer(traffic, request, response);
      default:
        answer(response, 404, {
          error: `${request.method} ${url.pathname}; expected GET /stats, GET /rate or PUT /rate`,
        });
    }
  };
}
