import { conditionOf, setCondition, type ObjectStore, type Pod, type Ref } from '#store';
import { Controller, type ControllerContext } from './controller.ts';
import { placePod } from './place-pod.ts';
import { isActive } from './pod-facts.ts';

/** Binds pods to nodes; a pod that fits nowhere is tried again whenever a node or a pod changes. */
export function startScheduler(context: ControllerContext): Controller {
  const { store } = context;
  return new Controller(context, 'default-scheduler', (controller, ref) => {
    const pod = store.get('Pod', ref);
    if (pod !== undefined && isWaiting(pod)) schedule(controller, pod);
  })
    .on('Pod', (pod, previous) => {
      if (isWaiting(pod)) return [pod.metadata];
      return madeRoom(store, pod, previous) ? waiting(store) : [];
    })
    .on('Node', () => waiting(store));
}

function isWaiting(pod: Pod): boolean {
  return pod.spec.nodeName === undefined && isActive(pod);
}

/** Whether a pod went or ended, so that those that wait may fit. */
function madeRoom(store: ObjectStore, pod: Pod, previous: Pod | undefined): boolean {
  const ended = previous !== undefined && isActive(previous) && !isActive(pod);
  return ended || store.get('Pod', pod.metadata) === undefined;
}

function waiting(store: ObjectStore): Ref[] {
  return store
    .list('Pod')
    .filter(isWaiting)
    .map(({ metadata }) => metadata);
}

function schedule(controller: Controller, pod: Pod): void {
  const { store } = controller;
  const nodes = store.list('Node');
  const bound = store.list('Pod').filter(({ spec }) => spec.nodeName !== undefined);
  const placement = placePod(pod, nodes, bound);
  if ('reasons' in placement) return refuse(controller, pod, { nodes: nodes.length, ...placement });
  const { nodeName } = placement;
  const lastTransitionTime = controller.nowText();
  const placed = store.modify('Pod', pod.metadata, (draft) => {
    draft.spec.nodeName = nodeName;
    setCondition(draft, { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime });
  });
  const who = `${pod.metadata.namespace}/${pod.metadata.name}`;
  controller.say(placed, 'Scheduled', `Successfully assigned ${who} to ${nodeName}`);
}

function refuse(
  controller: Controller,
  pod: Pod,
  { nodes, reasons }: { nodes: number; reasons: Map<string, number> },
): void {
  const why = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
  const message = `0/${nodes} nodes are available: ${why}. preemption: 0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`;
  if (conditionOf(pod, 'PodScheduled')?.message === message) return;
  const refused = controller.store.modify('Pod', pod.metadata, (draft) =>
    setCondition(draft, {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastProbeTime: null,
      lastTransitionTime: controller.nowText(),
    }),
  );
  controller.say(refused, 'FailedScheduling', message, 'Warning');
}
