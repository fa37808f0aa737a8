/**
 * The answer of `read`, or that of `otherwise` where a start, a zone or hours cannot be read, for example a zone that a newer system has
 * no more: what is wrong with one layer must stop no decision. `why` is the reason in words.
 */
export function unlessUnreadable<T>(read: () => T, otherwise: (why: string) => T): T {
  try {
    return read();
  } catch (error) {
    return otherwise(error instanceof Error ? error.message : String(error));
  }
}
