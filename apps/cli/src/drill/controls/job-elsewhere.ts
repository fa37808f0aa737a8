import type { EventPorts, HarmlessEvent } from './harmless-event.ts';

const namespace = 'batch';
const jobs = [
  { name: 'nightly-report', exitCode: 1 },
  { name: 'nightly-backup', exitCode: 0 },
] as const;

function start({ kubernetes }: EventPorts, { name, exitCode }: (typeof jobs)[number]) {
  const command = ['node', '-e', `setTimeout(() => process.exit(${exitCode}), 2000)`];
  return kubernetes.ask('POST', `/api/v1/namespaces/${namespace}/pods`, {
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { app: name } },
      spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'node:26', command }] },
    },
    also: [409],
  });
}

/** What a Job leaves behind when it fails, and when it ends well. */
export const jobElsewhere: HarmlessEvent = {
  kind: 'control:job-elsewhere',
  async begin(ports) {
    await ports.kubernetes.ask('POST', '/api/v1/namespaces', {
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      also: [409],
    });
    for (const job of jobs) await start(ports, job);
    return `namespace/${namespace}`;
  },
  async undo({ kubernetes }) {
    await kubernetes.ask('DELETE', `/api/v1/namespaces/${namespace}`, { also: [404] });
  },
};
