import { createSeriesBook, type SeriesBook } from './known-series.ts';
import { createExpositionReader } from './read-exposition.ts';
import type { Series } from './series.ts';

/** One sample of the Prometheus text format. */
export interface MetricSample extends Series {
  readonly value: number;
}

/**
 * Parses the Prometheus text format, keeping the metrics whose name `isWanted` accepts; comments and other metrics are passed
 * over unread. Throws ExpositionError for a wanted line that cannot be read.
 */
export function parseExposition(
  text: string,
  isWanted: (name: string) => boolean,
  book: SeriesBook<Series> = createSeriesBook(),
): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  const reader = createExpositionReader<Series>({
    book,
    isWanted,
    meaningOf: (series) => series,
    take: ({ name, labels }, value) => samples.push({ name, labels, value }),
  });
  reader.read(text);
  reader.end();
  return samples;
}
