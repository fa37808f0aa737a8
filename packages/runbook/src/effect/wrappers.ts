import { firstWord, flagTable, type FlagTable } from './flags.ts';

const PLAIN = flagTable('', '');

/** Programs that start the command behind their own options; so many words before it are their own. */
const WRAPPERS: Readonly<Record<string, { flags: FlagTable; ownWords: number }>> = {
  command: { flags: PLAIN, ownWords: 0 },
  doas: { flags: flagTable('-u', '-n'), ownWords: 0 },
  env: { flags: flagTable('-u --unset -C --chdir', '-i --ignore-environment'), ownWords: 0 },
  exec: { flags: PLAIN, ownWords: 0 },
  nice: { flags: flagTable('-n --adjustment', ''), ownWords: 0 },
  nohup: { flags: PLAIN, ownWords: 0 },
  stdbuf: { flags: flagTable('-i -o -e', ''), ownWords: 0 },
  sudo: { flags: flagTable('-u --user -g --group', '-n -E -H --non-interactive'), ownWords: 0 },
  time: { flags: flagTable('', '-p'), ownWords: 0 },
  timeout: {
    flags: flagTable('-k --kill-after -s --signal', '--foreground --preserve-status -v'),
    ownWords: 1,
  },
  watch: { flags: flagTable('-n --interval', '-d -t -x --differences --no-title --exec'), ownWords: 0 },
  xargs: {
    flags: flagTable(
      '-n --max-args -P --max-procs -I -L --max-lines -d --delimiter -s -E',
      '-0 --null -r --no-run-if-empty -t --verbose',
    ),
    ownWords: 0,
  },
};

/** What a wrapping program starts. */
export interface Wrapped {
  argv: string[];
  /** An option is not known, or the command runs as somebody else: then it is never just a read. */
  unsure: boolean;
}

const OTHER_USER = new Set(['sudo', 'doas']);

/** The command inside `sudo`, `timeout 5`, `xargs` and the like; null for any other program. */
export function unwrap(program: string, args: string[]): Wrapped | null {
  const wrapper = Object.hasOwn(WRAPPERS, program) ? WRAPPERS[program] : undefined;
  if (wrapper === undefined) return null;
  const at = firstWord(args, wrapper.flags);
  const unsure = OTHER_USER.has(program) || at.unknown;
  const words = program === 'env' ? withoutAssignments(args.slice(at.index)) : args.slice(at.index);
  return { argv: words.slice(wrapper.ownWords), unsure };
}

function withoutAssignments(words: string[]): string[] {
  const at = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return at < 0 ? [] : words.slice(at);
}
