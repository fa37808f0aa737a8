import { dependencies, presentSignatures, type CaseFile, type Dependency } from '../case-file.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Scenario } from '../scenario.ts';

/** A dependency with one replica may be away this long while it is restarted. */
const restartMs = 15_000;

function refusals(file: CaseFile, { services }: Dependency): number {
  const addresses = services.flatMap((one) => one.clusterIp ?? []);
  return presentSignatures(file)
    .filter((one) => addresses.some((ip) => one.signature.startsWith(`refused:${ip}:`)))
    .reduce((sum, one) => sum + one.count, 0);
}

function isOnLostNode({ lostNodes }: CaseFile, { pods }: Dependency): boolean {
  return pods.length > 0 && pods.every((pod) => pod.nodeName !== null && lostNodes.has(pod.nodeName));
}

function confidenceOf(one: Dependency, at: number, refused: number): number {
  if (one.workload.replicas === 0) return 0.95;
  if (refused >= 2) return 0.9;
  const changes = one.pods.map((pod) => pod.readyChangedAt ?? pod.createdAt);
  return at - Math.max(0, ...changes) > restartMs ? 0.85 : 0.45;
}

function diagnosisOf(one: Dependency, file: CaseFile): Diagnosis {
  const refused = refusals(file, one);
  const { workload } = one;
  const states = one.pods.flatMap((pod) =>
    pod.containers.filter((its) => its.reason !== null).map((its) => `${pod.name}: ${its.reason}`),
  );
  const confidence = confidenceOf(one, file.facts.at, refused);
  return {
    id: 'dependency-down',
    subject: one.subject,
    confidence,
    for: [
      workload.replicas === 0
        ? `${one.subject} is scaled to 0`
        : `0 of ${workload.replicas} pods of ${one.subject} are ready`,
      ...states,
      ...(refused > 0 ? [`${refused} log lines of the service say that it refuses connections`] : []),
    ],
    against: [],
    settles: confidence < 0.5 ? ['whether it comes back within 15 s, as in a restart'] : [],
  };
}

/** Something that the service needs has no ready pod. What the service does because of it is not a cause of its own. */
export const dependencyDown: Scenario = {
  id: 'dependency-down',
  ruledOut: 'every dependency has a ready pod',
  find(file) {
    return dependencies(file)
      .filter((one) => one.workload.readyReplicas === 0 && !isOnLostNode(file, one))
      .map((one) => diagnosisOf(one, file));
  },
};
