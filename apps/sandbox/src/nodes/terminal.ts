import { findProgram } from './find-program.ts';

/**
 * A command on a pseudo-terminal of 80 by 24, which util-linux's `script` makes; without it the command runs on pipes.
 */
export function onTerminal(argv: readonly [string, ...string[]]): readonly [string, ...string[]] {
  const script = findProgram('script');
  if (script === undefined) return argv;
  const words = argv.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  return [script, '-qfe', '-E', 'always', '-c', `stty cols 80 rows 24; exec ${words}`, '/dev/null'];
}
