import type { Kubelet, PodWorker } from '#nodes';
import type { Pod } from '#store';
import { FaultRefused, type FaultPorts } from './fault-kind.ts';

const WATCHED_APP = 'multitenant-api';

/** The kubelet of a node by name. */
function findKubelet({ kubelets }: FaultPorts, name: string): Kubelet {
  const found = kubelets.find((kubelet) => kubelet.name === name);
  if (found !== undefined) return found;
  const names = kubelets.map((kubelet) => kubelet.name).join(', ');
  throw new FaultRefused(404, `node: ${JSON.stringify(name)} does not exist; expected one of ${names}`);
}

/** The node whose loss hurts the watched service and nothing else: it runs an API pod and none but API pods. */
function chooseNode({ kubelets }: FaultPorts): Kubelet {
  const living = kubelets.filter((kubelet) => !kubelet.frozen);
  const found = living.find((kubelet) => {
    const apps = kubelet.workers().map(({ pod }) => pod.metadata.labels?.['app']);
    return apps.includes(WATCHED_APP) && apps.every((app) => app === WATCHED_APP);
  });
  if (found !== undefined) return found;
  throw new FaultRefused(409, `no living node runs a pod with app=${WATCHED_APP} and no other; name a node`);
}

/** The named node, or the one that hurts most; refused when its machine or kubelet is down already. */
export function findLivingNode(ports: FaultPorts, name: string | undefined): Kubelet {
  const kubelet = name === undefined ? chooseNode(ports) : findKubelet(ports, name);
  if (kubelet.frozen) throw new FaultRefused(409, `node: ${kubelet.name} is down already`);
  return kubelet;
}

/** A running pod by `name` or `namespace/name`; without a wish, one of the watched service on a living node. */
export function findWorker({ kubelets }: FaultPorts, wish: string | undefined): PodWorker {
  const workers = kubelets.filter((kubelet) => !kubelet.frozen).flatMap((kubelet) => kubelet.workers());
  const running = workers.filter((worker) => worker.pids.length > 0);
  const found = running.find(({ pod }) => (wish === undefined ? isWatched(pod) : isNamed(pod, wish)));
  if (found !== undefined) return found;
  if (wish === undefined) throw new FaultRefused(409, `no pod with app=${WATCHED_APP} runs on a living node`);
  throw new FaultRefused(
    404,
    `pod: ${JSON.stringify(wish)} does not run on a living node; expected name or namespace/name`,
  );
}

function isWatched(pod: Pod): boolean {
  return pod.metadata.labels?.['app'] === WATCHED_APP && pod.metadata.deletionTimestamp === undefined;
}

function isNamed({ metadata }: Pod, wish: string): boolean {
  return wish === metadata.name || wish === `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** `pod/namespace/name`. */
export function podSubject({ pod }: PodWorker): string {
  return `pod/${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
}
