import type { FastifySchema } from 'fastify';
import { z } from 'zod';
import { jsonValue } from '../errors/json-value.ts';
import { problemKinds, type ProblemKind } from '../errors/problem.ts';

/** The parts of a request that are checked before a handler runs. */
interface Checked {
  readonly querystring?: z.ZodType;
  readonly params?: z.ZodType;
  readonly body?: z.ZodType;
}

/** What the API description says besides. */
interface Described {
  readonly summary: string;
  readonly tags: readonly string[];
  /** The one answer of success: its status, and its body unless it has none. */
  readonly answer: { readonly status: 200 | 201 | 204; readonly body?: z.ZodType };
  /** What it may refuse, besides what every guarded route does. */
  readonly refusals?: readonly ProblemKind[];
  /** Headers that a caller may send; read by the handler, so that others cost nothing. */
  readonly requestHeaders?: z.ZodObject;
  /** Answers without a token. */
  readonly open?: boolean;
}

/** Every failure (RFC 9457). */
const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ place: z.string(), value: jsonValue, expected: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

const guarded: readonly ProblemKind[] = [
  'unauthenticated',
  'forbidden',
  'rate-limited',
  'internal',
  'unavailable',
];

function refusalAnswers(kinds: readonly ProblemKind[]): Record<string, object> {
  const answers: Record<string, { description: string; content: object }> = {};
  for (const kind of kinds) {
    const { status, title } = problemKinds[kind];
    const before = answers[status]?.description;
    answers[status] = {
      description: before === undefined ? title : `${before}, or: ${title}`,
      content: { 'application/problem+json': { schema: problemSchema } },
    };
  }
  return answers;
}

/** The schema of a route: what Fastify checks, typed, and what openapi.json says about it. */
export function describeRoute<const C extends Checked>(
  checked: C,
  described: Described,
): C & Omit<FastifySchema, keyof Checked> {
  const { summary, tags, answer, refusals = [], requestHeaders, open = false } = described;
  const success =
    answer.body === undefined
      ? z.null().describe('Done')
      : { description: summary, content: { 'application/json': { schema: answer.body } } };
  const extra = {
    summary,
    tags,
    ...(requestHeaders === undefined ? {} : { requestHeaders }),
    ...(open ? {} : { security: [{ bearer: [] }] }),
    response: {
      [answer.status]: success,
      ...(requestHeaders !== undefined && 'if-none-match' in requestHeaders.shape
        ? { 304: z.null().describe('Known already') }
        : {}),
      ...refusalAnswers([...refusals, ...(open ? [] : guarded)]),
    },
  };
  return { ...checked, ...extra };
}
