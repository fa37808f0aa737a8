import { readFileSync } from 'node:fs';
import type { Kind, KindMap, KubeObject, ObjectStore } from '#store';

const fixtures = new URL('fixtures/', import.meta.url);

/** The objects of the recorded cluster shortly before a planned drain: two nodes, the whole platform at rest. */
export function recordedObjects(): KubeObject[] {
  return JSON.parse(readFileSync(new URL('cluster.json', fixtures), 'utf8')) as KubeObject[];
}

/** Puts the recorded cluster into a store. Server fields (uid, creation) are new; references follow them. */
export function fillStore(store: ObjectStore): void {
  for (const name of ['default', 'kube-system', 'kube-node-lease', 'platform']) {
    store.create('Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  let text = JSON.stringify(recordedObjects());
  const owners = ['Node', 'Deployment', 'StatefulSet', 'ReplicaSet', 'Service'];
  const order = [...owners, 'Pod', 'EndpointSlice'];
  for (const { kind, metadata } of JSON.parse(text) as KubeObject[]) {
    if (metadata.namespace && !store.get('Namespace', { name: metadata.namespace })) {
      store.create('Namespace', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: metadata.namespace },
      });
    }
    if (!order.includes(kind)) order.push(kind);
  }
  for (const kind of order) {
    for (const object of (JSON.parse(text) as KubeObject[]).filter((one) => one.kind === kind)) {
      const made = store.create(kind as Kind, object as KindMap[Kind]);
      text = text.replaceAll(object.metadata.uid ?? 'none', made.metadata.uid ?? '');
    }
  }
}

/** A recorded run of kubectl: what it printed and how it ended. */
export interface Transcript {
  command: string;
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Reads a transcript of the fixtures, by its name without `.txt`. */
export function transcript(name: string): Transcript {
  const text = readFileSync(new URL(`${name}.txt`, fixtures), 'utf8');
  const match = /^\$ (.*)\n# \S+ exit code: (\d+)\n--- stdout\n([^]*?)--- stderr\n([^]*)$/.exec(text);
  if (!match)
    throw new Error(`${name}.txt: expected a command, an exit code, stdout and stderr; found something else`);
  const [, command = '', exitCode = '', stdout = '', stderr = ''] = match;
  return { command, exitCode: Number(exitCode), stdout, stderr };
}
