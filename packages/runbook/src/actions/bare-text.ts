const QUOTED = /\$'(?:\\[^]|[^'\\])*'|'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]/g;
const STANDS_FOR_QUOTED = '\0';
const MEANS_SOMETHING = /[`<>()|&;]|\$[\w({'"?!#$*@-]/;
/** In `$'...'`, what follows `\c` depends on the shell. */
const CONTROL = /\$'(?:\\[^]|[^'\\])*\\c/;

/**
 * A second look at a word, apart from the grammar, which forgives too much: what stands outside quotes and escapes must not
 * mean anything to a shell. Names what does, or null.
 */
export function whyNotBare(text: string): string | null {
  const bare = text.replace(QUOTED, STANDS_FOR_QUOTED);
  const found = MEANS_SOMETHING.exec(bare)?.[0];
  if (found !== undefined) return `it holds ${found.charAt(0)} outside quotes`;
  if (hasBraces(bare)) return `it expands ${text}`;
  return CONTROL.test(text) ? 'it holds a control character (\\c)' : null;
}

/** `{a,b}` and `{1..3}`, however nested: bash has its own ideas of which bracket closes which. */
function hasBraces(bare: string): boolean {
  const opened = bare.indexOf('{');
  if (opened < 0) return false;
  return bare.includes(',', opened) || /\w\.\.[\w-]/.test(bare.slice(opened));
}
