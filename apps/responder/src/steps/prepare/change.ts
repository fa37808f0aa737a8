import { goDurationMs, isOn, readKubectlArgv, type KubectlArgv } from '../kubectl-argv.ts';
import { memoryLimitsOf, type MemoryLimit } from './memory-limits.ts';

/** A workload by its Kubernetes name. */
export interface WorkloadRef {
  readonly kind: 'deployment' | 'statefulset';
  readonly namespace: string | null;
  readonly name: string;
}

/** A NetworkPolicy by its Kubernetes name. */
export interface PolicyRef {
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
  | {
      readonly kind: 'rollout-undo';
      readonly workload: WorkloadRef;
      /** Null: to the revision before. */
      readonly toRevision: number | null;
    }
  | {
      readonly kind: 'memory-limit';
      readonly workload: WorkloadRef;
      readonly limits: readonly MemoryLimit[];
    }
  | { readonly kind: 'delete-policy'; readonly policy: PolicyRef }
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
  rollout: readRollout,
  patch: readPatch,
  delete: readDelete,
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

function readWorkload(words: readonly string[], parsed: KubectlArgv): WorkloadRef | null {
  const [type = '', name] = words.join('/').split('/');
  const kind = workloadKinds[type.replace(/\.apps$/, '')];
  if (kind === undefined || name === undefined || words.length > 2) return null;
  return { kind, name, namespace: parsed.flags.get('--namespace') ?? null };
}

function readRollout([verb = '', ...words]: readonly string[], parsed: KubectlArgv): Change | null {
  const workload = readWorkload(words, parsed);
  if (workload === null) return null;
  if (verb === 'restart') return { kind: 'rollout-restart', workload };
  const given = Number(parsed.flags.get('--to-revision') ?? 0);
  // Zero is kubectl's word for the revision before.
  return verb === 'undo' ? { kind: 'rollout-undo', workload, toRevision: given === 0 ? null : given } : null;
}

function readPatch(words: readonly string[], parsed: KubectlArgv): Change | null {
  const workload = readWorkload(words, parsed);
  const limits = memoryLimitsOf(parsed.flags.get('--patch'), parsed.flags.get('--type'));
  return workload === null || limits === null ? null : { kind: 'memory-limit', workload, limits };
}

/** One NetworkPolicy by name; all else that is deleted is not understood. */
function readDelete(words: readonly string[], parsed: KubectlArgv): Change | null {
  const [type = '', name, ...more] = words.join('/').split('/');
  if (
    name === undefined ||
    more.length > 0 ||
    !/^(?:networkpolic(?:y|ies)(?:\.networking\.k8s\.io)?|netpol)$/.test(type)
  )
    return null;
  return { kind: 'delete-policy', policy: { name, namespace: parsed.flags.get('--namespace') ?? null } };
}

/** `node/NAME`, `deployment/NAME` ... */
export function targetOf(change: Change): string {
  switch (change.kind) {
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return `node/${change.node}`;
    case 'rollout-restart':
    case 'rollout-undo':
    case 'memory-limit':
      return `${change.workload.kind}/${change.workload.name}`;
    case 'delete-policy':
      return `networkpolicy/${change.policy.name}`;
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
    case 'rollout-undo':
      return ['spec.template'];
    case 'memory-limit':
      return change.limits.map(({ container }) => `spec.template.spec.containers[${container}].resources`);
    case 'delete-policy':
      return ['the whole object'];
    case 'other':
      return ['as written'];
    default:
      return change satisfies never;
  }
}

/** The arguments that take a change back, or null. */
export function undoArgv(change: Change): readonly string[] | null {
  switch (change.kind) {
    case 'cordon':
    case 'drain':
      return ['kubectl', 'uncordon', change.node];
    case 'uncordon':
      return ['kubectl', 'cordon', change.node];
    case 'rollout-restart':
    case 'rollout-undo':
    case 'memory-limit': {
      const { kind, name, namespace } = change.workload;
      return [
        'kubectl',
        'rollout',
        'undo',
        `${kind}/${name}`,
        ...(namespace === null ? [] : ['-n', namespace]),
      ];
    }
    case 'delete-policy':
    case 'other':
      return null;
    default:
      return change satisfies never;
  }
}

/** The command that takes a change back, for people to read; null where none is known. */
export function undoOf(change: Change): string | null {
  return undoArgv(change)?.join(' ') ?? null;
}
