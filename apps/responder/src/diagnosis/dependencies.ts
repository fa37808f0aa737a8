import { selects, type LogSignature, type PodFact, type ServiceFact, type WorkloadFact } from '#facts';
import type { DependencyCheck } from '#facts';
import { presentSignatures, type CaseFile } from './case-file.ts';

/** A dependency of the configuration, found among the workloads, with its pods and services. */
export interface Dependency {
  readonly subject: string;
  readonly workload: WorkloadFact;
  readonly pods: readonly PodFact[];
  readonly services: readonly ServiceFact[];
  /** By its name it keeps the data: a database of SQL. */
  readonly isDatabase: boolean;
}

const databaseName = /postgres|pg|sql|maria|database|db/i;

/** The services that lead to a dependency; one whose selector is wrong is known by its name (`postgres-service`). */
function servicesOf(workload: WorkloadFact, services: readonly ServiceFact[]): readonly ServiceFact[] {
  const near = services.filter((one) => one.namespace === workload.namespace);
  const selecting = near.filter((one) => selects(one.selector, workload.selector));
  if (selecting.length > 0) return selecting;
  return near.filter((one) => one.name === workload.name || one.name.startsWith(`${workload.name}-`));
}

/** Asked for by most causes, by one of them for each node: found once for each case. */
const found = new WeakMap<CaseFile, readonly Dependency[]>();

/** The configured dependencies that exist as workloads. */
export function dependencies(file: CaseFile): readonly Dependency[] {
  const known = found.get(file) ?? findDependencies(file);
  found.set(file, known);
  return known;
}

function findDependencies({ facts }: CaseFile): readonly Dependency[] {
  const { cluster } = facts;
  return facts.service.dependencies.flatMap((subject) => {
    const workload = cluster.workloads.find((one) => `${one.kind}/${one.name}` === subject);
    if (workload === undefined) return [];
    const pods = cluster.pods.filter(
      (pod) => pod.namespace === workload.namespace && selects(workload.selector, pod.labels),
    );
    const isDatabase = databaseName.test(workload.name);
    return [{ subject, workload, pods, services: servicesOf(workload, cluster.services), isDatabase }];
  });
}

/** The dependency that keeps the data: by its name, else the first StatefulSet. */
export function databaseOf(file: CaseFile): Dependency | undefined {
  const known = dependencies(file);
  return known.find((one) => one.isDatabase) ?? known.find((one) => one.workload.kind === 'statefulset');
}

/** Its pods lie on nodes that cannot be counted on: what it does is the node's doing. */
export function isOnLostNode({ lostNodes }: CaseFile, { pods }: Dependency): boolean {
  return pods.length > 0 && pods.every((pod) => pod.nodeName !== null && lostNodes.has(pod.nodeName));
}

function hostOf(signature: string): string {
  return signature.slice(signature.indexOf(':') + 1, signature.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

/** Log lines of the service that speak of an attempt to reach a dependency: by its service, or by its pods' addresses. */
export function linesAbout(
  file: CaseFile,
  kind: 'refused' | 'unreachable',
  { services, pods }: Pick<Dependency, 'services' | 'pods'>,
): readonly LogSignature[] {
  const hosts = new Set([
    ...services.flatMap((one) => one.clusterIp ?? []),
    ...pods.flatMap((pod) => pod.podIp ?? []),
  ]);
  const names = new Set(services.map((one) => one.name));
  return presentSignatures(file).filter(({ signature }) => {
    if (!signature.startsWith(`${kind}:`)) return false;
    const host = hostOf(signature);
    return hosts.has(host) || names.has(host.split('.')[0] ?? '');
  });
}

/** How often the lines occur together. */
export function countOf(lines: readonly LogSignature[]): number {
  return lines.reduce((sum, one) => sum + one.count, 0);
}

const checkFreshMs = 30_000;

/** The responder's own checks of a subject within 30 s, newest first. */
export function freshChecks({ facts }: CaseFile, subject: string): readonly DependencyCheck[] {
  return facts.checks
    .filter((one) => one.subject === subject && one.at > facts.at - checkFreshMs)
    .toSorted((a, b) => b.at - a.at);
}
