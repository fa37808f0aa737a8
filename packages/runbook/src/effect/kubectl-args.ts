import { parseArgs, type FlagTable, type ParsedArgs } from './flags.ts';

const GLOBAL_VALUED = [
  '--as',
  '--as-group',
  '--as-uid',
  '--as-user-extra',
  '--cache-dir',
  '--certificate-authority',
  '--client-certificate',
  '--client-key',
  '--cluster',
  '--context',
  '--kubeconfig',
  '--kuberc',
  '--log-flush-frequency',
  '--namespace',
  '--password',
  '--profile',
  '--profile-output',
  '--request-timeout',
  '--server',
  '--tls-server-name',
  '--token',
  '--user',
  '--username',
  '--v',
  '--vmodule',
];

const VERB_VALUED = [
  '--annotations',
  '--chunk-size',
  '--container',
  '--cpu-percent',
  '--current-replicas',
  '--env',
  '--field-manager',
  '--field-selector',
  '--filename',
  '--for',
  '--from-file',
  '--from-literal',
  '--grace-period',
  '--image',
  '--image-pull-policy',
  '--kustomize',
  '--label-columns',
  '--labels',
  '--limits',
  '--max',
  '--min',
  '--name',
  '--output',
  '--overrides',
  '--patch',
  '--patch-file',
  '--pod-running-timeout',
  '--pod-selector',
  '--port',
  '--raw',
  '--replicas',
  '--requests',
  '--resource-version',
  '--restart',
  '--revision',
  '--selector',
  '--serviceaccount',
  '--since',
  '--since-time',
  '--skip-wait-for-delete-timeout',
  '--sort-by',
  '--subresource',
  '--tail',
  '--target',
  '--template',
  '--timeout',
  '--to-revision',
  '--type',
  '--types',
];

const SWITCHES = [
  '--insecure-skip-tls-verify',
  '--match-server-version',
  '--warnings-as-errors',
  '--disable-compression',
];

const TABLE: FlagTable = {
  valued: new Set([...GLOBAL_VALUED, ...VERB_VALUED]),
  valuedLetters: 'nslLfcopkv',
  switches: new Set(SWITCHES),
};

/** `-p` is "previous" to logs and "patch" to patch; `-f` is "follow" to logs and "file" elsewhere. */
const LOGS_TABLE: FlagTable = { ...TABLE, valuedLetters: 'nslcv' };

/** Takes kubectl's arguments apart (without the program's name). */
export function kubectlArgs(args: string[]): ParsedArgs {
  const parsed = parseArgs(args, TABLE);
  return parsed.words[0] === 'logs' ? parseArgs(args, LOGS_TABLE) : parsed;
}

const DRY = new Set(['', 'client', 'server', 'true']);

/** True when the command only pretends. */
export function isDryRun(parsed: ParsedArgs): boolean {
  const values = parsed.flags.get('--dry-run');
  return values !== undefined && values.every((value) => DRY.has(value));
}
