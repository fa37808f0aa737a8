import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** What a state of the recorded cluster has transcripts of, by name. */
export function transcriptNames(state: string): string[] {
  const files = readdirSync(new URL(`${state}/`, fixtures)).filter((file) => !file.endsWith('.http.txt'));
  return files.map((file) => file.replace('.txt', ''));
}

/** A request that kubectl made on the recorded cluster. */
export interface RecordedRequest {
  method: string;
  /** Path and query. */
  target: string;
  accept: string;
  code: number;
}

/** The requests of a healthy transcript, those without an answer left out. */
export function recordedRequests(name: string): RecordedRequest[] {
  const file = new URL(`healthy/${name}.http.txt`, fixtures);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split(/^.*\] (?=[A-Z]+ https:)/m).flatMap((part) => {
    const [, method, target] = /^([A-Z]+) https:\/\/[^/]+(\S+)/.exec(part) ?? [];
    const code = /Response Status: (\d+)/.exec(part)?.[1];
    if (method === undefined || target === undefined || code === undefined) return [];
    return [{ method, target, accept: /Accept: (.*)/.exec(part)?.[1] ?? '*/*', code: Number(code) }];
  });
}

/** Reads a transcript of the fixtures, by its name without `.txt`, of the healthy cluster or another state. */
export function transcript(name: string, state = 'healthy'): Transcript {
  const text = readFileSync(new URL(`${state}/${name}.txt`, fixtures), 'utf8');
  const match = /^\$ (.*)\n# \S+ exit code: (\d+).*\n--- stdout\n([^]*?)--- stderr\n([^]*)$/.exec(text);
  if (!match)
    throw new Error(`${name}.txt: expected a command, an exit code, stdout and stderr; found something else`);
  const [, command = '', exitCode = '', stdout = '', stderr = ''] = match;
  return { command, exitCode: Number(exitCode), stdout, stderr };
}
