import type { Effect } from '../plan.ts';
import { hasFlag, parseArgs, type FlagTable } from './flags.ts';

const TABLE: FlagTable = {
  valued: new Set([
    '--namespace',
    '--kube-context',
    '--kubeconfig',
    '--kube-apiserver',
    '--kube-token',
    '--output',
    '--revision',
    '--values',
    '--version',
    '--timeout',
  ]),
  valuedLetters: 'nof',
  switches: new Set(['--debug']),
};
const READS = new Set([
  'list',
  'ls',
  'status',
  'history',
  'hist',
  'get',
  'show',
  'inspect',
  'search',
  'version',
  'env',
  'lint',
  'template',
  'verify',
]);
const DESTROYS = new Set(['uninstall', 'delete', 'del', 'un']);

/** Effect of helm by its subcommand; unknown ones count as a change. */
export function helmEffect(args: string[]): Effect {
  const parsed = parseArgs(args, TABLE);
  const verb = parsed.words[0] ?? '';
  if (parsed.ambiguous) return 'mutate';
  if (READS.has(verb) || hasFlag(parsed, '--dry-run'))
    return hasFlag(parsed, '--post-renderer') ? 'mutate' : 'read';
  return DESTROYS.has(verb) || hasFlag(parsed, '--force') ? 'destroy' : 'mutate';
}
