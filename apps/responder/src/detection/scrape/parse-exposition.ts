/** One sample of the Prometheus text format. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
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

/**
 * Parses the Prometheus text format, keeping the metrics whose name `wanted` accepts; comments and other metrics are passed
 * over unread. Throws ExpositionError for a wanted line that cannot be read.
 */
export function parseExposition(text: string, wanted: (name: string) => boolean): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  for (const [i, raw] of text.split('\n').entries()) {
    const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(raw)?.[0];
    if (name === undefined || !wanted(name)) continue;
    const match = line.exec(raw.trimEnd());
    const labels = match === null ? null : labelsOf(match[2] ?? '');
    if (match === null || labels === null)
      throw new ExpositionError(
        `line ${i + 1}: "${raw.slice(0, 80)}" is no sample; expected NAME{LABEL="VALUE"} NUMBER`,
      );
    samples.push({ name, labels, value: numberOf(match[3] ?? '') });
  }
  return samples;
}
