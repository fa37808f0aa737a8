import { goDurationMs, isOn, readKubectlArgv, type KubectlArgv } from '../kubectl-argv.ts';

/** A workload by its Kubernetes name. */
export interface WorkloadRef {
  readonly kind: 'deployment' | 'statefulset';
  readonly namespace: string | null;
  readonly name: string;
}

/** What a command would change, as far as it is understood. */
export type Change =
  | { readonly kind: 'cordon'; readonly node: string }
  | { readonly kind: 'uncordon'; readonly node: string }
  | {
      readonly kind: 'drain';
      readonly node: string;
      readonly ignoreDaemonSets: boolean;
      readonly deleteEmptyDir: boolean;
      readonly force: boolean;
      readonly timeoutMs: number | null;
    }
  | { readonly kind: 'rollout-restart'; readonly workload: WorkloadRef }
  | { readonly kind: 'other'; readonly target: string };

export type ChangeKind = Change['kind'];

/** Understands the first command of a pipeline. */
export function readChange(pipeline: readonly (readonly string[])[]): Change {
  const [argv = []] = pipeline;
  if (argv[0] !== 'kubectl') return { kind: 'other', target: argv[0] ?? '' };
  const parsed = readKubectlArgv(argv);
  const [verb = '', ...words] = parsed.words;
  return readers[verb]?.(words, parsed) ?? { kind: 'other', target: words.join('/') };
}

type ReadChange = (words: readonly string[], parsed: KubectlArgv) => Change | null;

const readers: Readonly<Record<string, ReadChange>> = {
  cordon: (words) => onNode('cordon', words),
  uncordon: (words) => onNode('uncordon', words),
  drain: readDrain,
  rollout: (words, parsed) => (words[0] === 'restart' ? readRestart(words.slice(1), parsed) : null),
};

function onNode(kind: 'cordon' | 'uncordon', words: readonly string[]): Change | null {
  const node = oneNode(words);
  return node === null ? null : { kind, node };
}

function oneNode(words: readonly string[]): string | null {
  const [name] = words;
  return words.length === 1 && name !== undefined ? name.replace(/^nodes?\//, '') : null;
}

function readDrain(words: readonly string[], parsed: KubectlArgv): Change | null {
  const node = oneNode(words);
  if (node === null) return null;
  return {
    kind: 'drain',
    node,
    ignoreDaemonSets: isOn(parsed, '--ignore-daemonsets'),
    deleteEmptyDir: isOn(parsed, '--delete-emptydir-data') || isOn(parsed, '--delete-local-data'),
    force: isOn(parsed, '--force') || isOn(parsed, '--disable-eviction'),
    timeoutMs: goDurationMs(parsed.flags.get('--timeout')),
  };
}

const workloadKinds: Readonly<Record<string, WorkloadRef['kind']>> = {
  deployment: 'deployment',
  deployments: 'deployment',
  deploy: 'deployment',
  statefulset: 'statefulset',
  statefulsets: 'statefulset',
  sts: 'statefulset',
};

function readRestart(words: readonly string[], parsed: KubectlArgv): Change {
  const [type = '', name] = words.join('/').split('/');
  const kind = workloadKinds[type.replace(/\.apps$/, '')];
  if (kind === undefined || name === undefined || words.length > 2)
    return { kind: 'other', target: words.join('/') };
  return {
    kind: 'rollout-restart',
    workload: { kind, name, namespace: parsed.flags.get('--namespace') ?? null },
  };
}

/** `node/NAME`, `deployment/NAME` ... */
export function targetOf(change: Change): string {
  switch (change.kind) {
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return `node/${change.node}`;
    case 'rollout-restart':
      return `${change.workload.kind}/${change.workload.name}`;
    case 'other':
      return change.target;
    default:
      return change satisfies never;
  }
}

/** Fields of the cluster's objects that a change touches; an approval binds to them. */
export function fieldsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'cordon':
    case 'uncordon':
      return ['node.spec.unschedulable'];
    case 'drain':
      return ['node.spec.unschedulable', 'pods/eviction'];
    case 'rollout-restart':
      return ['spec.template.metadata.annotations'];
    case 'other':
      return ['as written'];
    default:
      return change satisfies never;
  }
}

/** The command that takes a change back, or null. */
export function undoOf(change: Change): string | null {
  switch (change.kind) {
    case 'cordon':
    case 'drain':
      return `kubectl uncordon ${change.node}`;
    case 'uncordon':
      return `kubectl cordon ${change.node}`;
    case 'rollout-restart': {
      const { kind, name, namespace } = change.workload;
      return `kubectl rollout undo ${kind}/${name}${namespace === null ? '' : ` -n ${namespace}`}`;
    }
    case 'other':
      return null;
    default:
      return change satisfies never;
  }
}
