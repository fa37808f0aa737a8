import { isDeepStrictEqual } from 'node:util';
import { setCondition, type Pod } from '#store';
import { Controller, type ControllerContext } from './controller.ts';
import { isActive } from './pod-facts.ts';
import { evictionTime } from './tolerations.ts';

/** Deletes pods from nodes with NoExecute taints when their tolerations end (300 s by default). */
export function startTaintEvictionController(context: ControllerContext): Controller {
  /** Uids of pods whose deletion is due. */
  const due = new Set<string>();
  return new Controller(context, 'taint-eviction-controller', (controller, { name }) =>
    reconcile(controller, due, name),
  )
    .on('Node', ({ metadata, spec }, previous) =>
      isDeepStrictEqual(spec.taints ?? [], previous?.spec.taints ?? []) ? [] : [metadata],
    )
    .on('Pod', ({ spec }) => (spec.nodeName === undefined ? [] : [{ name: spec.nodeName }]));
}

function reconcile(controller: Controller, due: Set<string>, nodeName: string): void {
  const { store, timings } = controller;
  const taints = store.get('Node', { name: nodeName })?.spec.taints ?? [];
  const pods = store.list('Pod').filter(({ spec }) => spec.nodeName === nodeName);
  for (const pod of pods.filter(isActive)) {
    const uid = pod.metadata.uid ?? '';
    const at = evictionTime(taints, pod.spec.tolerations ?? [], timings.podEvictionAfterMs);
    if (at === 'never') {
      if (due.delete(uid)) announce(controller, pod, 'Cancelling deletion of Pod');
    } else if (at === 'now' || at <= controller.now()) {
      due.delete(uid);
      evict(controller, pod);
    } else {
      due.add(uid);
      controller.addAfter({ name: nodeName }, at - controller.now());
    }
  }
}

function evict(controller: Controller, pod: Pod): void {
  announce(controller, pod, 'Marking for deletion Pod');
  controller.store.modify('Pod', pod.metadata, (draft) =>
    setCondition(draft, {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
      lastTransitionTime: controller.nowText(),
    }),
  );
  controller.store.delete('Pod', pod.metadata);
}

function announce(controller: Controller, pod: Pod, what: string): void {
  const message = `${what} ${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  controller.say(pod, 'TaintManagerEviction', message);
}
