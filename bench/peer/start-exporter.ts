import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKubernetes, type Kubernetes } from '../../apps/cli/src/drill/kubernetes.ts';
import { kubeSeries, type KubeObjects } from './kube-series.ts';

/** A page that an alert of the peer sent. */
export interface PeerPage {
  readonly at: number;
  readonly alert: string;
  readonly startsAt: number;
}

/** A stand-in for kube-state-metrics, the list of pods to scrape, and the receiver of the peer's pages. */
export interface Exporter {
  readonly port: number;
  pages(): readonly PeerPage[];
  close(): void;
}

const podPort = 8080;

async function list<T>(kubernetes: Kubernetes, path: string): Promise<readonly T[]> {
  const { body } = await kubernetes.ask('GET', path);
  return (body as { items?: readonly T[] }).items ?? [];
}

async function readObjects(kubernetes: Kubernetes): Promise<KubeObjects> {
  const place = 'namespaces/platform';
  const [pods, nodes, deployments] = await Promise.all([
    list<KubeObjects['pods'][number]>(kubernetes, `/api/v1/${place}/pods`),
    list<KubeObjects['nodes'][number]>(kubernetes, '/api/v1/nodes'),
    list<KubeObjects['deployments'][number]>(kubernetes, `/apis/apps/v1/${place}/deployments`),
  ]);
  return { pods, nodes, deployments };
}

/** Pods of the service as Prometheus' HTTP service discovery wants them. */
function targetsOf({ pods }: KubeObjects): object[] {
  return pods
    .filter(({ metadata, status }) => metadata.name.startsWith('multitenant-api-') && status?.podIP)
    .map(({ metadata, status }) => ({
      targets: [`${status?.podIP}:${podPort}`],
      labels: { pod: metadata.name, namespace: metadata.namespace ?? '' },
    }));
}

interface WebhookBody {
  readonly alerts: readonly { status: string; labels: { alertname: string }; startsAt: string }[];
}

export async function startExporter(kubeconfig: string): Promise<Exporter> {
  const kubernetes = createKubernetes(kubeconfig);
  const pages: PeerPage[] = [];
  const take = ({ alerts }: WebhookBody): void => {
    for (const { status, labels, startsAt } of alerts)
      if (status === 'firing')
        pages.push({ at: Date.now(), alert: labels.alertname, startsAt: Date.parse(startsAt) });
  };
  const answers: Readonly<Record<string, (body: string) => Promise<string>>> = {
    '/metrics': async () => kubeSeries(await readObjects(kubernetes)),
    '/targets': async () => JSON.stringify(targetsOf(await readObjects(kubernetes))),
    '/page': async (body) => {
      take(JSON.parse(body) as WebhookBody);
      return '';
    },
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '' } = request;
      const type = url === '/targets' ? 'application/json' : 'text/plain';
      answers[url]?.(Buffer.concat(chunks).toString()).then(
        (text) => response.writeHead(200, { 'content-type': type }).end(text),
        () => response.writeHead(503).end(),
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    pages: () => pages,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
