import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiServer, type ApiServer, type PodLogs } from '#api';
import { ObjectStore } from '#store';
import { kubectl, requireKubectl, type KubectlOptions, type Run } from './kubectl.ts';
import { fillStore } from './recorded-cluster.ts';

/** The API of the recorded cluster, and kubectl pointed at it. */
export interface Stage {
  store: ObjectStore;
  api: ApiServer;
  kubeconfig: string;
  /** Runs kubectl with the words of `command`; the word `kubectl` in front may stay. */
  run(command: string | string[], options?: KubectlOptions): Promise<Run>;
  close(): Promise<void>;
}

/** Logs that say which pod was asked, and never answer for pods of a node in `hanging`. */
export function logsOf(hanging: Set<string>): PodLogs {
  return {
    async *read(pod, container, options) {
      if (hanging.has(pod.spec.nodeName ?? '')) await new Promise(() => undefined);
      yield `${pod.metadata.name} ${container} tail=${options.tailLines} since=${options.sinceSeconds}\n`;
    },
  };
}

/** Starts the API over the recorded cluster. Throws, saying what to install, when kubectl is missing. */
export async function openStage(hanging = new Set<string>()): Promise<Stage> {
  requireKubectl();
  const store = new ObjectStore();
  fillStore(store);
  const api = await createApiServer({ store, ports: { logs: logsOf(hanging) }, kubeletTimeoutMs: 1000 });
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-api-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, api.kubeconfig());
  return {
    store,
    api,
    kubeconfig,
    run: (command, options) => {
      const words = typeof command === 'string' ? command.split(' ') : command;
      return kubectl(kubeconfig, words[0] === 'kubectl' ? words.slice(1) : words, options);
    },
    close: async () => {
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stands in for the kubelets: takes a pod out as soon as its deletion is asked for. */
export function reapPods(store: ObjectStore): () => void {
  return store.watch('Pod', {}, ({ type, object }) => {
    if (type === 'MODIFIED' && object.metadata.deletionTimestamp) store.remove('Pod', object.metadata);
  });
}
