/** Verbs that only read, whatever follows. */
const READ_VERBS =
  'api-resources api-versions completion describe diff events explain get help kustomize logs options plugin port-forward top version wait';

/** Verbs of which only these second words read; any other changes something. */
const READ_PAIRS = [
  'apply view-last-applied',
  'auth can-i',
  'auth whoami',
  'cluster-info',
  'cluster-info dump',
  'config current-context',
  'config get-clusters',
  'config get-contexts',
  'config get-users',
  'config view',
  'kuberc view',
  'rollout history',
  'rollout status',
];

/** Verbs, and pairs of verb and second word, that never change anything. */
export const KUBECTL_READS: ReadonlySet<string> = new Set([...READ_VERBS.split(' '), ...READ_PAIRS]);

/** Verbs that take something away. */
export const KUBECTL_DESTROYS: ReadonlySet<string> = new Set(['delete', 'drain']);

/** On other verbs too: flags by which something is lost. */
export const LOSING_FLAGS = [
  '--force',
  '--prune',
  '--now',
  '--replace',
  '--remove-extra-permissions',
  '--remove-extra-subjects',
];

/** Flags by which a read writes a file, starts a program or asks somebody else than the responder's cluster. */
export const UNSAFE_READ_FLAGS = [
  '--cache-dir',
  '--enable-alpha-plugins',
  '--enable-helm',
  '--helm-command',
  '--kubeconfig',
  '--kuberc',
  '--output-directory',
  '--profile',
  '--profile-output',
  '--server',
  '-s',
];
