/** A series that was read before, with what it means to its reader; null: not wanted. */
export interface KnownSeries<Meaning> {
  readonly text: string;
  readonly meaning: Meaning | null;
  /** What stood below it when it was last read, and most likely will again; null at the end of a text. */
  below: KnownSeries<Meaning> | null;
}

/**
 * What is remembered from one scrape to the next, and of one pod for the others: a service's texts differ in their values, and hardly
 * in their series or the order of these.
 */
export interface SeriesBook<Meaning> {
  /** Stands above the first series of every text. */
  readonly top: KnownSeries<Meaning>;
  readonly byText: Map<string, KnownSeries<Meaning>>;
}

/** Labels that never repeat must not fill the memory. */
const bookLimit = 200_000;

/** A book that knows nothing yet. */
export function createSeriesBook<Meaning>(): SeriesBook<Meaning> {
  return { top: { text: '', meaning: null, below: null }, byText: new Map() };
}

/** Forgets everything when there is too much of it. */
export function trimSeriesBook({ top, byText }: SeriesBook<unknown>, limit = bookLimit): void {
  if (byText.size <= limit) return;
  byText.clear();
  top.below = null;
}
