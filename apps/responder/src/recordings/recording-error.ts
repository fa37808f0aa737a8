/** A recording that cannot be used; the message says file, line, value and what was expected. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}
