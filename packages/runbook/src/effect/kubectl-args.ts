import { parseArgs, type ParsedArgs } from './flags.ts';
import { KUBECTL_FLAGS, kubectlFlags } from './kubectl-flags.ts';

/** Takes kubectl's arguments apart (without the program's name), by the flags of the verb that they name. */
export function kubectlArgs(args: string[]): ParsedArgs {
  const first = parseArgs(args, KUBECTL_FLAGS);
  const verb = first.words[0] ?? '';
  const parsed = parseArgs(args, kubectlFlags(verb));
  // Where the verb's own flags would find another verb, neither reading is certain.
  return parsed.words[0] === first.words[0] ? parsed : { ...first, ambiguous: true };
}

const DRY = new Set(['', 'client', 'server', 'true']);

/** Verbs that know `--dry-run`; elsewhere it is an unknown flag and makes nothing harmless. */
const DRY_RUN_VERBS = new Set(
  'annotate apply autoscale cordon create delete drain expose label patch replace run scale set taint uncordon'.split(
    ' ',
  ),
);
const DRY_RUN_PAIRS = new Set(['rollout undo', 'auth reconcile']);

/** True when the command surely only pretends. */
export function isDryRun(parsed: ParsedArgs): boolean {
  const [verb = '', second = ''] = parsed.words;
  const values = parsed.flags.get('--dry-run');
  const knows = DRY_RUN_VERBS.has(verb) || DRY_RUN_PAIRS.has(`${verb} ${second}`);
  return knows && parsed.unknown.length === 0 && values?.every((value) => DRY.has(value)) === true;
}

const IDENTITY_FLAGS = [
  '--as',
  '--as-group',
  '--as-uid',
  '--as-user-extra',
  '--certificate-authority',
  '--client-certificate',
  '--client-key',
  '--cluster',
  '--context',
  '--insecure-skip-tls-verify',
  '--kubeconfig',
  '--kuberc',
  '--password',
  '--server',
  '-s',
  '--tls-server-name',
  '--token',
  '--user',
  '--username',
];

/** The first flag by which a command leaves the responder's own cluster or identity, if any. */
export function identityFlag(parsed: ParsedArgs): string | undefined {
  return IDENTITY_FLAGS.find((flag) => parsed.flags.has(flag));
}
