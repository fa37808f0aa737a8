import path from 'node:path';
import type { AddressSpace, PodProcesses } from '#network';
import { imageTable, Kubelet, listProcesses, treeOf, type ImageProgram } from '#nodes';
import type { ObjectStore } from '#store';
import type { SandboxConfig } from './config.ts';

const NODES = ['node-a', 'node-b', 'node-c'];
const KUBERNETES_VERSION = 'v1.34.9';

const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
/** Compiled JavaScript, shared between containers; an install fills it. */
const COMPILED = path.join(REPOSITORY, 'node_modules/.cache/tocsin/compiled');

interface NodesOf {
  store: ObjectStore;
  config: SandboxConfig;
  space: AddressSpace;
  postgres: ImageProgram;
}

/** The three nodes of the sandbox, one in each zone, not started yet. */
export function createKubelets({ store, config, space, postgres }: NodesOf): Kubelet[] {
  const images = imageTable({ repositoryRoot: REPOSITORY, compiled: COMPILED, postgres });
  return NODES.map(
    (name, index) =>
      new Kubelet({
        identity: {
          name,
          ip: space.nodeIp(index),
          zone: name.replace('node', 'zone'),
          podCidr: space.podIp(index, 0).concat('/24'),
          kubernetesVersion: KUBERNETES_VERSION,
        },
        store,
        images,
        stateDir: config.stateDir,
        podIp: (n) => space.podIp(index, n),
        now: Date.now,
        heartbeatMs: config.heartbeatMs,
      }),
  );
}

/** Every pod with its processes, as they are now. */
export function podProcesses(kubelets: readonly Kubelet[]): PodProcesses[] {
  let all: ReturnType<typeof listProcesses> | undefined;
  return kubelets.flatMap((kubelet) =>
    kubelet.workers().map(({ pod, pids }) => ({
      pod,
      pids,
      tree: () => pids.flatMap((pid) => treeOf(pid, (all ??= listProcesses()))),
    })),
  );
}
