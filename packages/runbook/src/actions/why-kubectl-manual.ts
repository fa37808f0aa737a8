import { flagValues, hasFlag, type ParsedArgs } from '../effect/flags.ts';
import { identityFlag, kubectlArgs } from '../effect/kubectl-args.ts';

const TERMINAL_VERBS = new Set(['edit', 'attach']);
const ENDLESS_VERBS = new Set(['port-forward', 'proxy']);

/** Verbs to which `-f` and `-k` name files; elsewhere they mean something else. */
const FILE_VERBS = new Set(
  'annotate apply autoscale create delete describe diff edit expose get label patch replace rollout scale set wait'.split(
    ' ',
  ),
);
const FILE_FLAGS = [
  '-f',
  '--filename',
  '-k',
  '--kustomize',
  '--patch-file',
  '--from-file',
  '--from-env-file',
];

/** Why a person has to run this kubectl call (arguments without the program's name); null when the responder can. */
export function whyKubectlManual(args: string[]): string | null {
  const parsed = kubectlArgs(args);
  const identity = identityFlag(parsed);
  if (identity !== undefined)
    return `it names another cluster or identity than the responder's own (${identity})`;
  return terminalReason(parsed) ?? endlessReason(parsed) ?? fileReason(parsed);
}

function terminalReason(parsed: ParsedArgs): string | null {
  const [verb = '', second = ''] = parsed.words;
  const asks = hasFlag(parsed, '-i', '-t', '--stdin', '--tty', '--interactive') || TERMINAL_VERBS.has(verb);
  const edits = (verb === 'apply' && second === 'edit-last-applied') || hasFlag(parsed, '--edit');
  return asks || edits ? 'it needs a terminal' : null;
}

function endlessReason(parsed: ParsedArgs): string | null {
  const verb = parsed.words[0] ?? '';
  if (ENDLESS_VERBS.has(verb)) return 'it never ends by itself';
  return verb === 'logs' && hasFlag(parsed, '-f', '--follow') ? 'it never ends by itself (--follow)' : null;
}

function fileReason(parsed: ParsedArgs): string | null {
  const [verb = ''] = parsed.words;
  if (verb === 'cp') return 'it copies a file from or to this machine';
  if (verb === 'kustomize') return 'it reads files that the responder does not have';
  const file = FILE_VERBS.has(verb) ? flagValues(parsed, ...FILE_FLAGS)[0] : undefined;
  if (file === undefined) return null;
  if (/^https?:/i.test(file)) return `it takes whatever ${file} holds at that moment`;
  return file === '-'
    ? 'it reads what is typed or piped in'
    : `it reads the file ${file}, which the responder does not have`;
}
