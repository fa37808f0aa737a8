import { cutLines } from './cut-lines.ts';
import type { KnownSeries, SeriesBook } from './known-series.ts';
import { sampleValue } from './sample-value.ts';
import { endOfSeries, metricName, readSeries, type Series } from './series.ts';

/** A line that is no sample, with its number; expected NAME{LABEL="VALUE"} NUMBER. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
}

/** Reads one text piece by piece, as it comes in. */
export interface ExpositionReader {
  read(piece: string): void;
  /** Throws ExpositionError when a wanted line could not be read; what was taken before it is then to be dropped. */
  end(): void;
}

export interface ExpositionReaderOptions<Meaning> {
  readonly book: SeriesBook<Meaning>;
  /** Other metrics are passed over unread. */
  readonly isWanted: (name: string) => boolean;
  /** Asked once for each series of the book; null: not wanted. */
  readonly meaningOf: (series: Series) => Meaning | null;
  readonly take: (meaning: Meaning, value: number) => void;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function isComment(text: string, start: number, end: number): boolean {
  return start === end || text.startsWith('#', start);
}

/** The series as the book has it, or as it has now been entered there; null when it cannot be read. */
function lookUp<Meaning>(
  text: string,
  { book, isWanted, meaningOf }: Omit<ExpositionReaderOptions<Meaning>, 'take'>,
): KnownSeries<Meaning> | null {
  const known = book.byText.get(text);
  if (known !== undefined) return known;
  const name = metricName(text);
  const wanted = name !== undefined && isWanted(name);
  const series = wanted ? readSeries(text) : null;
  if (wanted && series === null) return null;
  const entered = { text, meaning: series === null ? null : meaningOf(series), below: null };
  book.byText.set(text, entered);
  return entered;
}

/**
 * A reader of the Prometheus text format. A line is first compared with the one that stood there in the text before; only where it
 * differs is its series looked up, and only a series that is new is parsed.
 */
export function createExpositionReader<Meaning>(options: ExpositionReaderOptions<Meaning>): ExpositionReader {
  const { book, take } = options;
  let above = book.top;
  let number = 0;
  let problem: ExpositionError | null = null;

  /** False when that is no value. */
  function takeValue({ meaning }: KnownSeries<Meaning>, text: string, from: number, end: number): boolean {
    if (meaning === null) return true;
    const value = sampleValue(text, from, end);
    if (value !== null) take(meaning, value);
    return value !== null;
  }

  /** True when the line is of the expected series, and has been read. */
  function readExpected(text: string, start: number, end: number): boolean {
    const series = above.below;
    if (series === null || !text.startsWith(series.text, start)) return false;
    const from = start + series.text.length;
    if (!isSpace(text.charCodeAt(from)) || !takeValue(series, text, from, end)) return false;
    above = series;
    return true;
  }

  function readOther(line: string): boolean {
    const end = endOfSeries(line);
    const series = lookUp(line.slice(0, end), options);
    if (series === null) return false;
    above.below = series;
    above = series;
    return takeValue(series, line, end, line.length);
  }

  const lines = cutLines((text, start, end) => {
    if (problem !== null) return;
    number += 1;
    if (isComment(text, start, end) || readExpected(text, start, end)) return;
    const line = text.slice(start, end);
    if (readOther(line)) return;
    problem = new ExpositionError(
      `line ${number}: "${line.slice(0, 80)}" is no sample; expected NAME{LABEL="VALUE"} NUMBER`,
    );
  });

  return {
    read: lines.read,
    end() {
      lines.end();
      if (problem !== null) throw problem;
    },
  };
}
