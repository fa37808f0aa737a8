/** What stands before a sample's value in the Prometheus text format: the same at every scrape. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

const nameText = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const seriesText = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?$/;
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

/** Where the value begins: neither it nor the time behind it holds a brace. */
export function endOfSeries(line: string): number {
  const brace = line.lastIndexOf('}');
  if (brace >= 0) return brace + 1;
  const space = line.search(/\s/);
  return space < 0 ? line.length : space;
}

/** The metric that a line is about; undefined when it names none. */
export function metricName(line: string): string | undefined {
  return nameText.exec(line)?.[0];
}

/** NAME{LABEL="VALUE"} with its escapes resolved; null when it cannot be read. */
export function readSeries(text: string): Series | null {
  const match = seriesText.exec(text);
  const labels = match === null ? null : labelsOf(match[2] ?? '');
  return match === null || labels === null ? null : { name: match[1] ?? '', labels };
}
