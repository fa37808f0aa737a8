import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';

const names = ['watch', 'probe', 'metrics', 'logs', 'reads', 'checks', 'queries', 'kubelets'] as const;
export type RowFile = (typeof names)[number];

/** Writes a recording's rows, one JSON object a line. */
export interface RecordingWriter {
  row(file: RowFile, row: object): void;
  /** Resolves when everything is on disk. */
  close(): Promise<void>;
}

/** Makes the folder and its files, also those that stay empty. */
export function openRecording(folder: string): RecordingWriter {
  mkdirSync(folder, { recursive: true });
  const streams = new Map<RowFile, WriteStream>(
    names.map((name) => [name, createWriteStream(join(folder, `${name}.jsonl`))]),
  );
  return {
    row: (file, row) => void streams.get(file)?.write(`${JSON.stringify(row)}\n`),
    async close() {
      const all = [...streams.values()];
      for (const stream of all) stream.end();
      await Promise.all(all.map((stream) => finished(stream)));
    },
  };
}
