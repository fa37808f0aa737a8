import { afterEach, expect, it } from 'vitest';
import { compileRunbook, type Plan } from '@tocsin/runbook';
import { createLogger } from '#platform';
import { prometheusSchema } from '../../prometheus-config.ts';
import { startApiPod } from './fixtures/api-pods.ts';
import { startPrometheusServer } from './fixtures/prometheus-server.ts';
import { startEvidenceQueries } from './start-evidence-queries.ts';

const log = createLogger({ level: 'silent' });
const patience = { timeout: 30_000, interval: 100 };

let cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanUp.toReversed()) await close();
  cleanUp = [];
});

/** A runbook whose scenarios are there when the expressions hold. */
function planWith(...expressions: readonly string[]): Plan {
  const scenarios = expressions.map(
    (one, i) =>
      `<!-- tocsin: ${JSON.stringify({ evidence: `promql: ${one}` })} -->\n### Cause ${i}\n**Symptoms**: slow\n`,
  );
  return compileRunbook(`# Outage Runbook\n\n## Common Outage Scenarios\n\n${scenarios.join('\n')}`);
}

async function startServer() {
  const pod = await startApiPod('a', '127.0.0.2');
  const server = await startPrometheusServer({ pods: { a: pod.address } });
  cleanUp.push(
    () => pod.close(),
    () => server.stop(),
  );
  return server;
}

async function startQueries(url: string | undefined, plan: () => Plan) {
  const prometheus = url === undefined ? undefined : prometheusSchema.parse({ url, timeoutMs: 500 });
  const queries = await startEvidenceQueries({ prometheus, plan, log, now: Date.now });
  cleanUp.push(() => queries.stop());
  return queries;
}

it('asks a real Prometheus what the runbook asks, and follows when the runbook changes', async () => {
  const server = await startServer();
  let plan = planWith('up == 1', 'up > 1', 'scalar(up)');
  const queries = await startQueries(server.url, () => plan);
  const answer = (expression: string) => queries.answers().find((one) => one.expression === expression);
  await expect
    .poll(async () => (await queries.look(), answer('up == 1')?.series), patience)
    .toEqual([{ labels: expect.stringMatching(/^up\{.*pod="a".*\}$/), value: 1 }]);
  expect(answer('up > 1')).toMatchObject({ problem: null, series: [] });
  expect(answer('scalar(up)')).toMatchObject({ problem: expect.stringContaining('vector'), series: [] });
  plan = planWith('up > 1');
  await expect
    .poll(async () => (await queries.look(), queries.answers().map((one) => one.expression)), patience)
    .toEqual(['up > 1']);
});

it('says why there is no answer, and answers again later', async () => {
  const server = await startServer();
  const plan = planWith('up >= 0');
  const queries = await startQueries(server.url, () => plan);
  const problem = async () => (await queries.look(), queries.answers()[0]?.problem);
  await expect.poll(problem, patience).toBe(null);
  server.signal('SIGSTOP');
  await expect.poll(problem, patience).toBe('Prometheus: no answer within 500 ms');
  server.signal('SIGCONT');
  await expect.poll(problem, patience).toBe(null);
});

it('says that no Prometheus is configured', async () => {
  const queries = await startQueries(undefined, () => planWith('up == 0'));
  await queries.look();
  expect(queries.answers()).toMatchObject([
    { expression: 'up == 0', problem: 'no Prometheus is configured (service.prometheus)' },
  ]);
});
