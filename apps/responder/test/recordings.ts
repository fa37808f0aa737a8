import { findRecordings, readRecording, type Recording } from '#recordings';

/** Where the recordings lie that the tests keep. */
export const packedRecordings = new URL('fixtures/recordings/', import.meta.url).pathname;

/** A recording that the tests keep, by its name. */
export function keptRecording(name: string): Recording {
  const [files] = findRecordings(`${packedRecordings}${name}.json.gz`);
  if (files === undefined) throw new Error(`${name}: no such recording`);
  return readRecording(files);
}
