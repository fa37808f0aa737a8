import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { RecordingError } from './recording-error.ts';

const packedEnding = '.json.gz';
const expectation =
  'expected a folder with meta.json, watch.jsonl, probe.jsonl, metrics.jsonl and logs.jsonl, or a folder of such folders';

/** The texts of one recording by file name, from its folder or from one packed file. */
export interface RecordingFiles {
  /** Path of a file, for messages. */
  place(name: string): string;
  /** Null when there is no such file. Throws RecordingError when it cannot be read. */
  text(name: string): string | null;
}

/** Every recording that a path means: itself, or those in it. Throws RecordingError when there is none. */
export function findRecordings(path: string): readonly RecordingFiles[] {
  if (!existsSync(path)) throw new RecordingError(`${path}: does not exist; ${expectation}`);
  if (!statSync(path).isDirectory()) return [packed(path)];
  if (existsSync(join(path, 'meta.json'))) return [folder(path)];
  const inside = readdirSync(path)
    .toSorted()
    .map((name) => join(path, name));
  const found = inside.flatMap((one) => {
    if (one.endsWith(packedEnding)) return [packed(one)];
    return existsSync(join(one, 'meta.json')) ? [folder(one)] : [];
  });
  if (found.length === 0) throw new RecordingError(`${path}: holds no recording; ${expectation}`);
  return found;
}

function folder(path: string): RecordingFiles {
  const place = (name: string): string => join(path, name);
  return {
    place,
    text(name) {
      try {
        return readFileSync(place(name), 'utf8');
      } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        if (code === 'ENOENT') return null;
        throw new RecordingError(`${place(name)}: cannot be read (${code}); expected a text file`, { cause });
      }
    },
  };
}

/** gzip of one JSON object: file name -> text. */
function packed(path: string): RecordingFiles {
  const texts = unpack(path);
  return { place: (name) => `${basename(path)}/${name}`, text: (name) => texts[name] ?? null };
}

function unpack(path: string): Readonly<Record<string, string>> {
  try {
    return z
      .record(z.string(), z.string())
      .parse(JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')));
  } catch (cause) {
    throw new RecordingError(
      `${path}: is no packed recording (${(cause as Error).message.split('\n')[0]}); expected gzip of a JSON object, file name -> text`,
      { cause },
    );
  }
}
