/**
 * One in-process filter of a pipeline, for example `grep -i error`. Lines carry their line end, so that the last one
 * may lack it, as in a real pipe.
 */
export interface Filter {
  /** Takes one line; answers `done` when no later line can change the output, and the pipe may be closed. */
  readonly push: (line: string, emit: (text: string) => void) => 'more' | 'done';
  /** The input has ended (or was closed after `done`); answers the exit code of the real tool. */
  readonly end: (emit: (text: string) => void) => number;
}

/** A filter, or why these arguments are not understood: then the whole pipeline is not run. */
export type ParsedFilter =
  | { readonly filter: Filter; readonly problem?: undefined }
  | { readonly problem: string; readonly filter?: undefined };

/** Without its line end. */
export function bodyOf(line: string): string {
  return line.endsWith('\n') ? line.slice(0, -1) : line;
}
