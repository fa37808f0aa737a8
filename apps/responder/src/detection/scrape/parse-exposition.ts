/** One sample of the Prometheus text format. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What stands before a sample's value: the same at every scrape. */
export type Series = Omit<MetricSample, 'value'>;

/** Series that were read before, by their text; null: not wanted. Hand the same one to every scrape, so that only values are read anew. */
export type KnownSeries = Map<string, Series | null>;

const seriesText = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?$/;
const valueText = /^\s+(\S+)(?:\s+-?\d+)?\s*$/;
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"\s*,?\s*/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', '\\': '\\', '"': '"' };

function labelsOf(text: string): Record<string, string> | null {
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  while (label.lastIndex < text.length) {
    const match = label.exec(text);
    if (match === null) return null;
    const [, name = '', raw = ''] = match;
    labels[name] = raw.replace(/\\(.)/g, (_, escaped: string) => escapes[escaped] ?? escaped);
  }
  return labels;
}

function numberOf(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text);
}

/** A line that is no sample, with its number; expected NAME{LABEL="VALUE"} NUMBER. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
}

function seriesOf(text: string): Series | null {
  const match = seriesText.exec(text);
  const labels = match === null ? null : labelsOf(match[2] ?? '');
  return match === null || labels === null ? null : { name: match[1] ?? '', labels };
}

/** Where the value begins: neither it nor the time behind it holds a brace. */
function endOfSeries(line: string): number {
  const brace = line.lastIndexOf('}');
  if (brace >= 0) return brace + 1;
  const space = line.search(/\s/);
  return space < 0 ? line.length : space;
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield text.slice(start, end);
    start = end + 1;
  }
}

/** The series of a line; null for a comment and for a metric that is not wanted. Throws ExpositionError. */
function readSeries(key: string, wanted: (name: string) => boolean): Series | null {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(key)?.[0];
  if (name === undefined || !wanted(name)) return null;
  return seriesOf(key) ?? unreadable(key);
}

function isComment(line: string): boolean {
  return line === '' || line.startsWith('#');
}

/**
 * Parses the Prometheus text format, keeping the metrics whose name `wanted` accepts; comments and other metrics are passed
 * over unread. Throws ExpositionError for a wanted line that cannot be read.
 */
export function parseExposition(
  text: string,
  wanted: (name: string) => boolean,
  known: KnownSeries = new Map(),
): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (isComment(line)) continue;
    const end = endOfSeries(line);
    const key = line.slice(0, end);
    try {
      let series = known.get(key);
      if (series === undefined) known.set(key, (series = readSeries(key, wanted)));
      if (series !== null)
        samples.push({ name: series.name, labels: series.labels, value: readValue(line.slice(end)) });
    } catch (cause) {
      throw new ExpositionError(
        `line ${number}: "${line.slice(0, 80)}" is no sample; expected NAME{LABEL="VALUE"} NUMBER`,
        { cause },
      );
    }
  }
  return samples;
}

function readValue(text: string): number {
  return numberOf(valueText.exec(text)?.[1] ?? unreadable(text));
}

function unreadable(text: string): never {
  throw new SyntaxError(`cannot read ${JSON.stringify(text.slice(0, 80))}`);
}
