const CONSTRUCTS: Readonly<Record<string, string>> = {
  AndOr: 'it joins commands by && or ||',
  ArithmeticCommand: 'it computes: ((...))',
  ArithmeticFor: 'it is a loop (for)',
  BraceGroup: 'it is a group of commands ({ ... })',
  Case: 'it chooses between commands (case)',
  Coproc: 'it runs in the background (coproc)',
  For: 'it is a loop (for)',
  Function: 'it defines a function',
  If: 'it chooses between commands (if)',
  Select: 'it asks for a choice (select)',
  Subshell: 'it runs in a shell of its own (( ... ))',
  TestCommand: 'it is a test of the shell ([[ ... ]])',
  While: 'it is a loop (while or until)',
};

/** Why a statement of this kind, as the grammar names it, needs a shell. */
export function whyConstruct(type: string): string {
  return CONSTRUCTS[type] ?? `it is a construct of the shell (${type})`;
}

const REDIRECTS: Readonly<Record<string, string>> = {
  '<': 'it reads a file (<)',
  '<<': 'it carries its input with it (<<)',
  '<<-': 'it carries its input with it (<<-)',
  '<<<': 'it carries its input with it (<<<)',
  '>': 'it writes a file (>)',
  '>>': 'it writes a file (>>)',
  '>|': 'it writes a file (>|)',
  '&>': 'it writes a file (&>)',
  '&>>': 'it writes a file (&>>)',
};

/** Why a redirection needs a shell. */
export function whyRedirect(operator: string): string {
  return REDIRECTS[operator] ?? `it redirects (${operator})`;
}
