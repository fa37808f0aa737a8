import { z } from 'zod';
import { RecordingError } from './recording-error.ts';
import type { RecordingFiles } from './recording-files.ts';

/** RFC 3339 with an offset, as epoch milliseconds. */
export const instantMs = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected an instant such as 2026-01-31T09:00:00.000Z')
  .transform((text) => Date.parse(text));

/** Parses JSON by a schema. Throws RecordingError with the place, the field, its value and what was expected. */
export function parseAt<T>(schema: z.ZodType<T>, text: string, place: string): T {
  const parsed = schema.safeParse(jsonAt(text, place));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>(
    (held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined),
    JSON.parse(text),
  );
  const said = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 120);
  throw new RecordingError(`${place}: ${path.join('.') || 'the whole row'}: ${said}; ${issue?.message}`);
}

function jsonAt(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RecordingError(`${place}: "${text.slice(0, 80)}" is not JSON; expected one JSON object`, {
      cause,
    });
  }
}

/** The rows of a JSON-lines file. Throws RecordingError with file:line for the first that cannot be read. */
export function readRows<T>(files: RecordingFiles, name: string, schema: z.ZodType<T>): readonly T[] {
  const text = files.text(name);
  if (text === null)
    throw new RecordingError(
      `${files.place(name)}: missing; expected one JSON object a line (an empty file where nothing was recorded)`,
    );
  return text
    .split('\n')
    .flatMap((line, i) =>
      line.trim() === '' ? [] : [parseAt(schema, line, `${files.place(name)}:${i + 1}`)],
    );
}

/** As `readRows`; none where there is no such file. */
export function readRowsIfAny<T>(files: RecordingFiles, name: string, schema: z.ZodType<T>): readonly T[] {
  return files.text(name) === null ? [] : readRows(files, name, schema);
}
