import type { Effect } from '../plan.ts';
import { effectByVerb, verbs, type VerbTable } from './by-verb.ts';
import { strongest } from './effect-order.ts';
import { flagTable, hasFlag, parseArgs } from './flags.ts';

const TABLE: VerbTable = {
  flags: flagTable(
    '--namespace -n --kube-context --kubeconfig --kube-apiserver --kube-token --kube-as-user --output -o --revision --values -f --version --timeout --set --set-string --set-json --set-file --max -m --filter --repo --offset --description --history-max --show-only -s --kube-version --selector -l --template --output-dir --post-renderer --post-renderer-args',
    '--debug --dry-run --force --all -a --all-namespaces -A --atomic --wait --wait-for-jobs --install -i --reuse-values --reset-values --no-hooks --cleanup-on-fail --create-namespace --short -q --date -d --reverse -r --deployed --failed --pending --superseded --uninstalled --uninstalling --client --include-crds --is-upgrade --skip-crds --skip-tests --validate --keep-history --devel --strict --quiet --show-resources --show-desc --recreate-pods',
    '--debug',
  ),
  reads: verbs('list ls status history hist get show inspect search version env lint template verify'),
  destroys: verbs('uninstall delete del un'),
};

const WRITING = ['--post-renderer', '--output-dir', '--kubeconfig', '--kube-apiserver'];
const DRY = new Set(['', 'client', 'server', 'true']);

/** Effect of helm by its subcommand; unknown ones count as a change. A dry run only where it surely is one. */
export function helmEffect(args: string[]): Effect {
  const parsed = parseArgs(args, TABLE.flags);
  const effect = effectByVerb(args, TABLE);
  const writes = WRITING.some((flag) => parsed.flags.has(flag));
  const dry = parsed.flags.get('--dry-run')?.every((value) => DRY.has(value)) === true;
  if (dry && !writes && parsed.unknown.length === 0) return 'read';
  const loses = hasFlag(parsed, '--force', '--recreate-pods');
  return strongest([effect, loses && effect !== 'read' ? 'destroy' : 'read', writes ? 'mutate' : 'read']);
}
