import type { NodeFact } from '#facts';
import { ownContainers, type CaseFile, type PodContainer } from '../case-file.ts';
import type { Finding, Scenario } from '../scenario.ts';

const recentMs = 10 * 60_000;

function limitWords({ container }: PodContainer): string {
  return container.memoryLimitBytes === null
    ? 'no limit of its own'
    : `limit ${Math.round(container.memoryLimitBytes / 2 ** 20)} Mi`;
}

/** Killed by the kernel at the limit, or aborted by its own runtime whose log says that the heap is full. */
function isExhausted({ pod, container }: PodContainer, { facts }: CaseFile): boolean {
  const end = container.lastTermination;
  if (end === null || facts.at - (end.finishedAt ?? 0) >= recentMs) return false;
  if (end.reason === 'OOMKilled') return true;
  const told = facts.logSignatures.some((one) => one.signature === 'out-of-memory' && one.pod === pod.name);
  return told && end.exitCode !== 0;
}

function containersFull(file: CaseFile): readonly Finding[] {
  const killed = ownContainers(file).filter((one) => isExhausted(one, file));
  if (killed.length === 0) return [];
  const byKernel = killed.filter((one) => one.container.lastTermination?.reason === 'OOMKilled');
  const again = killed.some(({ container }) => container.restartCount > 1);
  const sure = again || killed.length > 1 ? 0.97 : 0.9;
  return [
    {
      id: 'memory-exhaustion',
      subject: file.workloadSubject,
      confidence: byKernel.length > 0 ? sure : 0.8,
      for: killed.map((one) => {
        const how =
          one.container.lastTermination?.reason === 'OOMKilled' ? 'was OOMKilled' : 'ran out of heap';
        return `${one.pod.name}: ${one.container.name} ${how} (${limitWords(one)}), restarted ${one.container.restartCount} times`;
      }),
      against: [],
      settles: again ? [] : ['whether it happens again: one kill may be a single large request'],
    },
  ];
}

function nodeFull({ name, pressures }: NodeFact, { facts, pods }: CaseFile): readonly Finding[] {
  const evicted = pods.filter(
    (pod) =>
      pod.nodeName === name &&
      pod.reason === 'Evicted' &&
      /low on resource: memory/.test(pod.message ?? '') &&
      facts.at - (pod.readyChangedAt ?? pod.createdAt) < recentMs,
  );
  if (!pressures.includes('MemoryPressure') || evicted.length === 0) return [];
  return [
    {
      id: 'memory-exhaustion',
      subject: `node/${name}`,
      confidence: 0.85,
      for: [
        `${name} reports MemoryPressure`,
        ...evicted.map((pod) => `${pod.name} was evicted: ${pod.message}`),
      ],
      against: [],
      settles: ['which pod on it uses more than it asked for'],
    },
  ];
}

/**
 * Containers are killed at their memory limit, or a node evicts pods for its own memory. A plain exit 137 is not this. Rests on the
 * recording oom-leak, and for nodes on https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/.
 */
export const memoryExhaustion: Scenario = {
  id: 'memory-exhaustion',
  ruledOut: 'no container was killed for its memory',
  find(file) {
    return [...containersFull(file), ...file.facts.cluster.nodes.flatMap((node) => nodeFull(node, file))];
  },
};
