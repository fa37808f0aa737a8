import type { PodFact } from '#facts';
import { podFact, type WirePod } from '../map/pod-fact.ts';

/** A pod on a node, of any namespace, with what a drain has to know. */
export interface PodOnNode extends PodFact {
  /** Owned by a DaemonSet: a drain leaves it. */
  readonly daemon: boolean;
  /** A static pod of the kubelet: a drain leaves it. */
  readonly mirror: boolean;
  readonly emptyDir: boolean;
}

export type WirePodOnNode = WirePod & {
  readonly spec?: { readonly volumes?: readonly { readonly emptyDir?: object }[] };
};

/** The pod as a drain sees it. */
export function podOnNode(pod: WirePodOnNode): PodOnNode {
  const fact = podFact(pod);
  return {
    ...fact,
    daemon: fact.owner?.startsWith('daemonset/') ?? false,
    mirror: 'kubernetes.io/config.mirror' in (pod.metadata?.annotations ?? {}),
    emptyDir: (pod.spec?.volumes ?? []).some((volume) => volume.emptyDir !== undefined),
  };
}
