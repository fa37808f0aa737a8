import type { NodeFact, PodFact } from '#facts';
import type { CaseFile } from '../case-file.ts';
import { dependencies, linesAbout } from '../dependencies.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes marks a node Unknown when its lease is this old; a lease is renewed every 10 s. */
const leaseLimitMs = 40_000;
const leaseLateMs = 20_000;
/** Every 10 s, and what it takes to be seen. */
const leasePeriodMs = 13_000;
/** A kubelet that is away briefly makes the node Unknown for some seconds; then nothing is lost. */
const flapMs = 10_000;

function lostDependencies(node: NodeFact, file: CaseFile): readonly string[] {
  return dependencies(file)
    .filter(
      (one) =>
        one.pods.length > 0 &&
        one.pods.every((pod) => pod.nodeName === node.name) &&
        linesAbout(file, 'unreachable', one).length > 0,
    )
    .map((one) => one.subject);
}

interface NodeSigns {
  readonly node: NodeFact;
  /** Pods of the service on it that time out together while others answer. */
  readonly silent: readonly PodFact[];
  readonly leaseAgeMs: number | null;
  readonly unready: boolean;
  readonly tainted: boolean;
  /** Kubernetes has called it not Ready for longer than a kubelet needs to start again. */
  readonly lasting: boolean;
  /** A living kubelet would have renewed the lease since requests began to fail. */
  readonly overdue: boolean;
  /** Its kubelet has shown life after requests began to fail. */
  readonly alive: boolean;
  /** Its kubelet is asked just now. */
  readonly asked: boolean;
  /** Its kubelet gave no log when it was asked for one, while others did. */
  readonly mute: boolean;
  /** Dependencies that run on it alone and cannot be reached. */
  readonly lostDependencies: readonly string[];
  /** Its pods are out of the endpoints, or Ready=False. */
  readonly dropped: readonly PodFact[];
}

function signsOf(node: NodeFact, file: CaseFile): NodeSigns {
  const { facts, pods, silentNodes } = file;
  const here = pods.filter((pod) => pod.nodeName === node.name);
  return {
    node,
    silent: silentNodes.has(node.name) ? here : [],
    leaseAgeMs: node.leaseRenewedAt === null ? null : facts.at - node.leaseRenewedAt,
    unready: node.ready !== 'True',
    lasting: facts.at - (node.readyChangedAt ?? 0) > flapMs,
    overdue: file.harmForMs > leasePeriodMs,
    alive: file.aliveSinceHarm(node),
    mute: file.isMute(node),
    asked: file.mayStillAnswer(node),
    lostDependencies: lostDependencies(node, file),
    tainted: node.taints.some((taint) => /^node\.kubernetes\.io\/(unreachable|not-ready):/.test(taint)),
    dropped: here.filter((pod) => !pod.ready),
  };
}

/** Silence alone may be one hung process. What renews its lease meanwhile is no dead machine. */
function ofSilence(signs: NodeSigns, stale: boolean, late: boolean): number {
  if (signs.unready) return 0.98;
  if (stale) return 0.95;
  if (signs.alive) return 0.4;
  if (signs.silent.length > 1 || signs.mute) return late ? 0.95 : 0.9;
  if (late) return 0.9;
  if (signs.overdue) return 0.85;
  return signs.asked ? 0.45 : 0.7;
}

/** Kubernetes' own verdict hardly errs once it lasts. */
function ofVerdict({ unready, lasting, lostDependencies: lost }: NodeSigns, stale: boolean): number {
  if (lost.length > 0 && (unready || stale)) return 0.95;
  if (!unready) return lost.length > 0 ? 0.65 : 0;
  if (!lasting) return 0.45;
  return stale ? 0.95 : 0.7;
}

/** Calibrated on recordings and drills. */
function confidenceOf(signs: NodeSigns): number {
  const { silent, leaseAgeMs, unready, lostDependencies: lost } = signs;
  const stale = leaseAgeMs !== null && leaseAgeMs > leaseLimitMs;
  const late = leaseAgeMs !== null && leaseAgeMs > leaseLateMs;
  if (silent.length > 0) return ofSilence(signs, stale, late);
  return unready || (lost.length > 0 && late) ? ofVerdict(signs, stale) : 0;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function silenceWords({ node, silent }: NodeSigns, file: CaseFile): readonly string[] {
  if (silent.length === 0) return [];
  const others = file.pods.filter(
    (pod) => pod.nodeName !== node.name && file.newestRead(pod)?.outcome === 'ok',
  );
  const names = silent.map((pod) => pod.name).join(', ');
  return [
    `${silent.length === 1 ? 'the pod' : `all ${silent.length} pods`} of the service on ${node.name} stopped answering (${names})`,
    `not the database: ${others.length} pods elsewhere answer that they are ready`,
  ];
}

function rolloutWords({ workload }: CaseFile): readonly string[] {
  if (workload === null) return [];
  const settled =
    workload.generation === workload.observedGeneration && workload.updatedReplicas === workload.replicas;
  return settled ? ['not a rollout: all replicas are of the present generation'] : [];
}

function supports(signs: NodeSigns, file: CaseFile): readonly string[] {
  const { node, leaseAgeMs, unready, tainted, dropped, silent } = signs;
  const stale = leaseAgeMs !== null && leaseAgeMs > leaseLateMs;
  return [
    ...silenceWords(signs, file),
    ...(stale ? [`its lease was last renewed ${seconds(leaseAgeMs)} ago (it is due every 10 s)`] : []),
    ...(signs.mute ? ['its kubelet gives no log of a pod, those of other nodes do'] : []),
    ...(unready ? [`Kubernetes says Ready=${node.ready}`] : []),
    ...signs.lostDependencies.map((one) => `${one}, which runs on it, cannot be reached`),
    ...(tainted ? [`tainted ${node.taints.join(', ')}`] : []),
    ...(dropped.length > 0 && (unready || silent.length > 0)
      ? [`Ready=False on it: ${dropped.map((pod) => pod.name).join(', ')}`]
      : []),
    ...rolloutWords(file),
  ];
}

function objections(signs: NodeSigns, file: CaseFile, lost: number): readonly string[] {
  const { node, silent, unready } = signs;
  const living =
    silent.length > 0 && signs.alive && !unready
      ? ['its kubelet has shown life since: the machine lives, and its pods hang or are cut off']
      : [];
  const rolling =
    file.workload !== null && file.workload.generation !== file.workload.observedGeneration
      ? ['a rollout is being taken up just now']
      : [];
  const kubeletOnly =
    silent.length === 0 &&
    unready &&
    file.pods.some((pod) => pod.nodeName === node.name && file.newestRead(pod)?.outcome === 'ok')
      ? ['its pods still answer: the kubelet may be gone and the machine alive']
      : [];
  const many =
    lost > 1
      ? [
          `${lost} of ${file.facts.cluster.nodes.length} nodes at once: rather a partition or the control plane`,
        ]
      : [];
  return [...living, ...rolling, ...kubeletOnly, ...many];
}

function openQuestions({ node, leaseAgeMs, unready, silent, mute }: NodeSigns): readonly string[] {
  if (unready && leaseAgeMs !== null && leaseAgeMs > leaseLimitMs) return [];
  const age = leaseAgeMs === null ? 'unknown' : `${seconds(leaseAgeMs)} old`;
  return [
    ...(leaseAgeMs === null || leaseAgeMs <= leaseLimitMs
      ? [`the lease of ${node.name} is ${age}: proves nothing before 40 s`]
      : []),
    ...(unready ? [] : [`Ready of ${node.name} is still True: Kubernetes needs 40-50 s`]),
    ...(silent.length === 1 && !mute
      ? ['a single pod is silent: it may hang by itself until the lease says more']
      : []),
  ];
}

function diagnosisOf(signs: NodeSigns, file: CaseFile, lost: number): Diagnosis {
  const widespread = lost > 1 && lost * 2 >= file.facts.cluster.nodes.length;
  return {
    id: 'node-failure',
    subject: `node/${signs.node.name}`,
    confidence: Math.round(confidenceOf(signs) * (widespread ? 0.45 : 1) * 100) / 100,
    for: supports(signs, file),
    against: objections(signs, file, lost),
    settles: openQuestions(signs),
  };
}

/**
 * A machine is gone. In the first seconds only the joint silence of its pods shows it; a cordon proves nothing. Rests on the recording
 * node-kubelet-dead and https://kubernetes.io/docs/reference/node/node-status/ (lease, condition, taints).
 */
export const nodeFailure: Scenario = {
  id: 'node-failure',
  ruledOut: 'no node is silent or not Ready',
  find(file) {
    const found = file.facts.cluster.nodes
      .map((node) => signsOf(node, file))
      .filter((signs) => confidenceOf(signs) > 0);
    return found.map((signs) => diagnosisOf(signs, file, found.length));
  },
};
