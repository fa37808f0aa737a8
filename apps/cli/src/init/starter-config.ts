import { Document, isMap, isPair } from 'yaml';
import type { Answers } from './answers.ts';

const POD_PORT = 8080;

/** A configuration of the responder that works once it finds the cluster; comments say what to fill in. */
export function starterConfig(answers: Answers, runbook: string): string {
  const { service, namespace, url, database, redis } = answers;
  const dependencies = [database, redis].filter((one) => one !== undefined);
  const document = new Document({
    runbook: `./${runbook}`,
    service: {
      id: service,
      namespace,
      deployment: service,
      service,
      podLabels: { app: service },
      podPort: POD_PORT,
      readinessPath: '/readyz',
      metricsPath: '/metrics',
      dependencies,
      probes: [{ target: 'health', url, intervalMs: 750, timeoutMs: 2000 }],
    },
    people: [person('primary', 'Primary on-call'), person('secondary', 'Secondary on-call')],
    onCall: {
      '1': ['primary'],
      '2': ['secondary'],
      ...(database === undefined ? {} : { 'database-administrator': ['secondary'] }),
    },
  });
  document.commentBefore =
    ' Configuration of Tocsin: tocsin up --config FILE. All keys: docs/configuration.md\n The cluster: kubeconfig: ./kubeconfig; without it the service account of the pod is used.';
  comment(
    document,
    ['service', 'podPort'],
    ' Check these: the port and paths of the pods, and the labels above.',
  );
  comment(document, ['service', 'probes'], checksHint(answers));
  comment(
    document,
    ['people'],
    ' Fill in how people are woken: contacts: [{ channel: email, address: ... }] with smtp: { url: ..., from: ... }.\n Until then a page waits in the inbox of the console.',
  );
  comment(
    document,
    ['onCall'],
    ' Escalation level, or role of the runbook -> people, the first is called first.',
  );
  return document.toString({ lineWidth: 0 });
}

/** Checks need an address and a login, which nobody has asked for: the lines to fill in. */
function checksHint({ database, redis }: Answers): string {
  const lines = [
    ...(database === undefined
      ? []
      : [`- { kind: postgres, subject: ${database}, urlFile: ./postgres.url } # a role IN ROLE pg_monitor`]),
    ...(redis === undefined ? [] : [`- { kind: redis, subject: ${redis}, url: 'redis://HOST:6379' }`]),
    '- { kind: tls, host: HOST }',
  ];
  const head = ' Checks of what the service depends on, from where this runs (docs/seeing.md):\n checks:';
  return `${head}${lines.map((line) => `\n   ${line}`).join('')}`;
}

function person(id: string, name: string): object {
  return { id, name, role: 'approver', contacts: [{ channel: 'inbox' }] };
}

/** Puts a comment above a key. */
function comment(document: Document, path: string[], text: string): void {
  const holder: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(holder)) return;
  const pair = holder.items.find((item) => isPair(item) && String(item.key) === path.at(-1));
  if (pair === undefined) return;
  const key = document.createNode(path.at(-1));
  key.commentBefore = text;
  pair.key = key;
}
