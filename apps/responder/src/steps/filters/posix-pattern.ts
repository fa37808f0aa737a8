/** How grep reads its pattern. */
export type PatternKind = 'basic' | 'extended' | 'fixed';

/** A regular expression source for JavaScript (flag `u`), or why the pattern cannot be used here. */
export type Translated =
  | { readonly source: string; readonly problem?: undefined }
  | { readonly problem: string };

const classes: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
};

/**
 * Translates a POSIX basic or extended pattern, with GNU's `\| \+ \? \w \s \b \< \>`, to JavaScript. A repeated group
 * that itself repeats or chooses is refused: it could take exponential time and would stop the whole process.
 * Alternatives match first-first, not longest-first; only `-o` can show the difference.
 */
export function translatePattern(pattern: string, kind: PatternKind): Translated {
  if (kind === 'fixed') return { source: escapeLiteral(pattern) };
  const state: State = {
    text: [...pattern],
    at: 0,
    extended: kind === 'extended',
    out: [],
    groups: [],
    last: 'start',
  };
  while (state.at < state.text.length) {
    const problem = step(state);
    if (problem !== null) return { problem: `pattern "${pattern}": ${problem}` };
  }
  if (state.groups.length > 0) return { problem: `pattern "${pattern}": a group is not closed` };
  return { source: state.out.join('') };
}

interface State {
  readonly text: readonly string[];
  at: number;
  readonly extended: boolean;
  readonly out: string[];
  readonly groups: { risky: boolean }[];
  /** What stands before: decides whether `*` repeats, and whether the repeat is risky. */
  last: 'start' | 'atom' | 'risky-group' | 'repeat';
}

function step(state: State): string | null {
  const token = nextToken(state);
  switch (token) {
    case '(':
      state.groups.push({ risky: false });
      return put(state, '(', 'start');
    case ')':
      return closeGroup(state);
    case '|':
      markRisky(state);
      return put(state, '|', 'start');
    case '*':
    case '+':
    case '?':
      return repeat(state, token);
    case '{':
      return repeatCount(state);
    case '^':
      return put(state, '^', 'start');
    case '[':
      return bracket(state);
    default:
      return put(state, token, 'atom');
  }
}

/** Next operator in its extended spelling, or a finished JavaScript atom. */
function nextToken(state: State): string {
  const char = state.text[state.at] ?? '';
  state.at += 1;
  const read = readers[char];
  if (read !== undefined) return read(state);
  if ('()|+?{'.includes(char)) return state.extended ? char : escapeLiteral(char);
  return escapeLiteral(char);
}

/** What these characters mean by where they stand; in a basic pattern `^`, `$` and `*` are plain in the middle. */
const readers: Readonly<Record<string, (state: State) => string>> = {
  '\\': escaped,
  '[': () => '[',
  '.': () => '(?:.)',
  '*': (state) => (state.last === 'start' && !state.extended ? '\\*' : '*'),
  '^': (state) => (state.extended || state.last === 'start' ? '^' : '\\^'),
  $: (state) => (state.extended || atBasicEnd(state) ? '(?:$)' : '\\$'),
};

function atBasicEnd(state: State): boolean {
  const rest = state.text.slice(state.at, state.at + 2).join('');
  return rest === '' || rest === '\\)' || rest === '\\|';
}

/** JavaScript's own `\b` knows the letters of English only. */
const letter = '[\\p{L}\\p{N}_]';

const words: Readonly<Record<string, string>> = {
  w: letter,
  W: '[^\\p{L}\\p{N}_]',
  s: '\\s',
  S: '\\S',
  b: `(?:(?<=${letter})(?!${letter})|(?<!${letter})(?=${letter}))`,
  B: `(?:(?<=${letter})(?=${letter})|(?<!${letter})(?!${letter}))`,
  '<': `(?:(?<!${letter})(?=${letter}))`,
  '>': `(?:(?<=${letter})(?!${letter}))`,
};

function escaped(state: State): string {
  const char = state.text[state.at] ?? '\\';
  state.at += 1;
  if (!state.extended && '()|+?{'.includes(char)) return char;
  const word = words[char];
  if (word !== undefined) return word;
  return /[1-9]/.test(char) ? `\\${char}` : escapeLiteral(char);
}

function put(state: State, text: string, last: State['last']): null {
  state.out.push(text);
  state.last = last;
  return null;
}

function closeGroup(state: State): string | null {
  const group = state.groups.pop();
  if (group === undefined)
    return state.extended ? put(state, '\\)', 'atom') : 'a group is closed that was not opened';
  if (group.risky) markRisky(state);
  return put(state, ')', group.risky ? 'risky-group' : 'atom');
}

function markRisky(state: State): void {
  const group = state.groups.at(-1);
  if (group !== undefined) group.risky = true;
}

function repeat(state: State, sign: string): string | null {
  // POSIX leaves it open, and tools differ.
  if (state.last === 'start') return 'a repeat of nothing is not supported';
  if (state.last === 'repeat') return 'a repeat of a repeat is not supported';
  if (state.last === 'risky-group' && sign !== '?')
    return 'a repeated group that repeats or chooses is not supported';
  if (sign !== '?') markRisky(state);
  return put(state, sign, 'repeat');
}

function repeatCount(state: State): string | null {
  const rest = state.text.slice(state.at).join('');
  const match = (state.extended ? /^(\d{1,3})?(,)?(\d{1,3})?\}/ : /^(\d{1,3})?(,)?(\d{1,3})?\\\}/).exec(rest);
  if (match === null) return put(state, '\\{', 'atom');
  if (state.last === 'start') return 'a repeat of nothing is not supported';
  if (state.last !== 'atom') return 'a repeat of a repeat is not supported';
  state.at += match[0].length;
  markRisky(state);
  const [, low = '0', comma = '', high = ''] = match;
  return put(state, `{${low}${comma}${high}}`, 'repeat');
}

function bracket(state: State): string | null {
  const rest = state.text.slice(state.at).join('');
  const match = /^(\^?)(\]?(?:\[:[a-z]+:\]|[^\]])*)\]/u.exec(rest);
  if (match === null) return 'a bracket is not closed';
  state.at += [...match[0]].length;
  const [, negated = '', inside = ''] = match;
  const body: string[] = [];
  for (const part of inside.match(/\[:[a-z]+:\]|[\s\S]/gu) ?? []) {
    const named = /^\[:([a-z]+):\]$/.exec(part)?.[1];
    const set = named === undefined ? (part === '-' ? '-' : escapeLiteral(part)) : classes[named];
    if (set === undefined) return `class ${part} is not known`;
    body.push(set);
  }
  return put(state, `[${negated}${fixDashes(body)}]`, 'atom');
}

/** A dash first or last is itself; JavaScript wants it escaped. */
function fixDashes(body: readonly string[]): string {
  return body.map((part, i) => (part === '-' && (i === 0 || i === body.length - 1) ? '\\-' : part)).join('');
}

function escapeLiteral(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
