import type { ObjectStore, Pod } from '#store';
import { Controller, type ControllerContext } from './controller.ts';
import { isFinished } from './pod-facts.ts';

/** Ended pods that are kept for reading; beyond it the oldest go (`--terminated-pod-gc-threshold`, made for a laptop). */
const KEPT = 100;

/** Removes ended pods beyond a number that is kept, and pods bound to nodes that no longer exist. */
export function startFinishedPodController(context: ControllerContext): Controller {
  const { store } = context;
  const all = [{ name: 'all' }];
  return new Controller(context, 'pod-garbage-collector', () => collect(store))
    .on('Pod', (pod) => (isFinished(pod) ? all : []))
    .on('Node', ({ metadata }) => (store.get('Node', metadata) === undefined ? all : []));
}

function collect(store: ObjectStore): void {
  const pods = store.list('Pod');
  const nodes = new Set(store.list('Node').map(({ metadata }) => metadata.name));
  const homeless = pods.filter(({ spec }) => spec.nodeName !== undefined && !nodes.has(spec.nodeName));
  const finished = pods.filter(isFinished).toSorted((a, b) => born(a) - born(b));
  for (const pod of [...homeless, ...finished.slice(0, Math.max(0, finished.length - KEPT))]) {
    store.remove('Pod', pod.metadata);
  }
}

function born(pod: Pod): number {
  return Date.parse(pod.metadata.creationTimestamp ?? '');
}
