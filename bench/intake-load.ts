/**
 * Sends alerts as Prometheus does, in batches of 64: `node intake-load.ts URL TOKEN MODE COUNT SECONDS CONNECTIONS`, one line
 * of JSON at the end. MODE `new`: COUNT alerts, each once. MODE `refresh`: the same COUNT again and again for SECONDS.
 */
import { Agent, request } from 'node:http';

const [url = '', token = '', mode = 'new', count = '64', seconds = '5', connections = '8', salt = ''] =
  process.argv.slice(2);
const batchSize = 64;
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const headers = {
  'content-type': 'application/json',
  ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
};
const startsAt = new Date(Date.now() - 60_000).toISOString();

function alertOf(n: number): object {
  return {
    labels: {
      alertname: `KubePodNotReady${n % 40}`,
      cluster: 'eu-west-1',
      container: 'api',
      instance: `10.0.${(n >> 8) & 255}.${n & 255}:8080`,
      job: 'kube-state-metrics',
      namespace: `team-${n % 97}`,
      pod: `api-${salt}-${n.toString(36)}`,
      severity: n % 10 === 0 ? 'critical' : 'warning',
    },
    annotations: {
      description: `Pod team-${n % 97}/api-${n.toString(36)} has been in a non-ready state for longer than 15 minutes.`,
      runbook_url: 'https://runbooks.example.com/runbooks/kubernetes/kubepodnotready',
      summary: 'Pod has been in a non-ready state for more than 15 minutes.',
    },
    startsAt,
    generatorURL: 'http://prometheus.example.com/graph?g0.expr=kube_pod_status_ready+%3D%3D+0&g0.tab=1',
  };
}

/** Bodies are made before the clock runs: the generator shares the machine with what is measured. */
const bodies = Array.from({ length: Math.ceil(Number(count) / batchSize) }, (_, batch) =>
  Buffer.from(
    JSON.stringify(
      Array.from({ length: batchSize }, (__, n) => ({
        ...alertOf(batch * batchSize + n),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      })),
    ),
  ),
);

function post(body: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      `${url}/api/v2/alerts`,
      { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}

const tookMs: number[] = [];
let failed = 0;
let turn = 0;
const startedAt = performance.now();
const lastTurn = mode === 'new' ? bodies.length : Number.POSITIVE_INFINITY;
const endAt = mode === 'new' ? Number.POSITIVE_INFINITY : startedAt + Number(seconds) * 1000;

async function keepSending(): Promise<void> {
  while (performance.now() < endAt && turn < lastTurn) {
    const body = bodies[turn % bodies.length] ?? Buffer.alloc(0);
    turn += 1;
    const at = performance.now();
    if ((await post(body)) !== 200) failed += 1;
    tookMs.push(performance.now() - at);
  }
}

await Promise.all(Array.from({ length: Number(connections) }, keepSending));
const durationMs = performance.now() - startedAt;
const sorted = tookMs.toSorted((a, b) => a - b);
const at = (part: number): number => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;
console.log(
  JSON.stringify({
    alertsPerSecond: Math.round((tookMs.length * batchSize * 1000) / durationMs),
    requests: tookMs.length,
    failed,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  }),
);
agent.destroy();
