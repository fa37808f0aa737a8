import { z } from 'zod';
import { compileMatchers, type JudgedAlert, type LabelTest, type Matcher, parseMatcher } from '#alerts';
import { parseRequest } from '../invalid-request.ts';

const flag = z.enum(['true', 'false']).default('true');
const texts = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => (typeof given === 'string' ? [given] : given));

const alertQuery = z.object({
  active: flag,
  silenced: flag,
  inhibited: flag,
  unprocessed: flag,
  filter: texts,
  receiver: z.string().optional(),
});

/** Which alerts the parameters of `GET /api/v2/alerts` ask for. Throws AppError `invalid`. */
export function alertFilter(query: unknown): (alert: JudgedAlert) => boolean {
  const { active, silenced, inhibited, filter, receiver } = parseRequest(alertQuery, 'query', query);
  const matches = matchersTest(filter);
  const isForUs =
    receiver === undefined || compileMatchers([equals('receiver', receiver)])({ receiver: 'tocsin' });
  return ({ row, suppressedBy }) => {
    const by = (kind: string): boolean => suppressedBy.some((one) => one.kind === kind);
    const isSilenced = by('silence') || by('maintenance');
    if (active === 'false' && !isSilenced && !by('inhibition')) return false;
    if ((silenced === 'false' && isSilenced) || (inhibited === 'false' && by('inhibition'))) return false;
    return isForUs && matches(row.labels);
  };
}

const equals = (name: string, value: string): Matcher => ({ name, value, isRegex: true, isEqual: true });

function matchersTest(filter: readonly string[]): LabelTest {
  return compileMatchers(filter.map((text, n) => parseMatcher(text, `query.filter[${n}]`)));
}

const silenceQuery = z.object({ filter: texts });

/** Which silences are asked for: every filter must be met by a matcher of the same label. Throws AppError `invalid`. */
export function silenceFilter(query: unknown): (matchers: readonly Matcher[]) => boolean {
  const { filter } = parseRequest(silenceQuery, 'query', query);
  const asked = filter.map((text, n) => parseMatcher(text, `query.filter[${n}]`));
  return (matchers) =>
    asked.every((one) => {
      const test = compileMatchers([one]);
      const own = matchers.filter(({ name }) => name === one.name);
      return own.length === 0 ? test({}) : own.some(({ name, value }) => test({ [name]: value }));
    });
}

const matcher = z.object({
  name: z.string().min(1),
  value: z.string(),
  isRegex: z.boolean(),
  isEqual: z.boolean().default(true),
});

/** Body of `POST /api/v2/silences`. */
export const postableSilence = z.object({
  id: z.string().optional(),
  matchers: z.array(matcher).min(1),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  createdBy: z.string(),
  comment: z.string(),
});
