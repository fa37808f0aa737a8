import { Agent, request } from 'undici';
import { z } from 'zod';

/** One element of an instant vector. */
export interface PromSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** The instant of the evaluation, seconds since the epoch by Prometheus' clock. */
  readonly at: number;
}

/** Why Prometheus does not tell what it is asked, in words. */
export class PrometheusError extends Error {
  override readonly name = 'PrometheusError';
}

/** The query API of a Prometheus: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries. */
export interface Prometheus {
  /** The samples at an instant (seconds), or now. Throws PrometheusError. */
  ask(query: string, at?: number): Promise<readonly PromSample[]>;
  /** What it has warned of since this was asked last: its answers may then be incomplete. */
  takeWarnings(): readonly string[];
  close(): void;
}

export interface PrometheusAccess {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: none is needed, or its file cannot be read. */
  readonly token: () => string | null;
  readonly timeoutMs: number;
}

const numbers: Readonly<Record<string, number>> = { NaN, '+Inf': Infinity, '-Inf': -Infinity };

const sample = z
  .object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })
  .transform(({ metric, value: [at, text] }): PromSample => ({
    labels: metric,
    value: numbers[text] ?? Number(text),
    at,
  }));

const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({ resultType: z.literal('vector'), result: z.array(sample) }),
    warnings: z.array(z.string()).default([]),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

function parse(
  status: number,
  text: string,
  query: string,
): Extract<z.infer<typeof answer>, { status: 'success' }> {
  let parsed: z.ZodSafeParseResult<z.infer<typeof answer>>;
  try {
    parsed = answer.safeParse(JSON.parse(text));
  } catch (cause) {
    // A proxy before it, or something else altogether.
    throw new PrometheusError(`status ${status} without JSON: ${JSON.stringify(text.slice(0, 80))}`, {
      cause,
    });
  }
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') || 'the answer';
    throw new PrometheusError(
      `status ${status}, ${place}: ${issue?.message}; expected an instant vector for ${query}`,
    );
  }
  if (parsed.data.status === 'success') return parsed.data;
  throw new PrometheusError(`status ${status}, ${parsed.data.errorType}: ${parsed.data.error}, for ${query}`);
}

function silenceOf(error: unknown, timeoutMs: number): PrometheusError {
  const { name, message, code } = error as { name: string; message: string; code?: string };
  if (name === 'TimeoutError')
    return new PrometheusError(`no answer within ${timeoutMs} ms`, { cause: error });
  return new PrometheusError(`cannot be reached (${message || code})`, { cause: error });
}

/** Opens the way to a Prometheus; its connections are kept. */
export function prometheusAt({ url, headers, token, timeoutMs }: PrometheusAccess): Prometheus {
  const agent = new Agent({ connections: 2, keepAliveTimeout: 60_000 });
  const warnings = new Set<string>();
  const place = new URL(`${url.replace(/\/$/, '')}/api/v1/query`);
  return {
    async ask(query, at) {
      const bearer = token();
      const body = new URLSearchParams({ query, ...(at === undefined ? {} : { time: String(at) }) });
      let [status, text] = [0, ''];
      try {
        const got = await request(place, {
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/x-www-form-urlencoded',
            ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
          },
          body: body.toString(),
          dispatcher: agent,
          signal: AbortSignal.timeout(timeoutMs),
        });
        [status, text] = [got.statusCode, await got.body.text()];
      } catch (error) {
        throw silenceOf(error, timeoutMs);
      }
      const { data, warnings: given } = parse(status, text, query);
      for (const one of given) warnings.add(one);
      return data.result;
    },
    takeWarnings() {
      const taken = [...warnings];
      warnings.clear();
      return taken;
    },
    close: () => void agent.destroy(),
  };
}
