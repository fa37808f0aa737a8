import type { Signal } from '../assessment.ts';
import { heldMs, type Evidence } from './evidence.ts';
import { alertWords, reportWords } from './told-view.ts';
import { percentText } from './words.ts';

type Draft = Omit<Signal, 'since'> & { readonly holds: boolean };

function clientDrafts({ clients, facts }: Evidence): readonly Draft[] {
  const subject = `service/${facts.service.service}`;
  const base = { sourceClass: 'A' as const, subject };
  const { total } = clients;
  const counted = `${total.failed} of ${total.requests} requests from outside failed (${percentText(total.ratio)})`;
  return [
    {
      ...base,
      key: 'A:down',
      detector: 'health-check',
      summary: `nobody is served: ${counted}`,
      holds: clients.allFail,
    },
    { ...base, key: 'A:errors', detector: 'error-rate', summary: counted, holds: clients.errors },
    {
      ...base,
      key: 'A:slow',
      detector: 'latency',
      summary: `answers take up to ${Math.round(total.latencyMs ?? 0)} ms`,
      holds: clients.slow,
    },
    {
      ...base,
      key: 'A:hint',
      detector: 'health-check',
      summary: 'requests fail or are overdue',
      holds: clients.hint,
    },
  ];
}

function metricDrafts({ metrics, facts }: Evidence): readonly Draft[] {
  const base = { sourceClass: 'B' as const, subject: `service/${facts.service.service}` };
  const worst = Math.max(0, ...metrics.tenants.map((one) => one.low));
  const missing = `${metrics.missing.join(', ')}: metrics cannot be read`;
  return [
    {
      ...base,
      key: 'B:errors',
      detector: 'error-rate',
      summary: `the service counts up to ${percentText(worst)} errors`,
      holds: metrics.errors,
    },
    {
      ...base,
      key: 'B:slow',
      detector: 'latency',
      summary: 'the service counts slow answers',
      holds: metrics.slow,
    },
    {
      ...base,
      key: 'B:missing',
      detector: 'health-check',
      summary: missing,
      holds: metrics.missing.length > 0,
    },
  ];
}

function checkDrafts({ checks }: Evidence): readonly Draft[] {
  return checks.troubles.map(({ key, detector, subject, summary }) => ({
    key,
    sourceClass: 'D' as const,
    detector,
    subject,
    summary,
    holds: true,
  }));
}

function toldDrafts({ told, facts }: Evidence): readonly Draft[] {
  const subject = `service/${facts.service.service}`;
  return [
    ...told.alerts.map((one) => ({
      key: `E:${one.fingerprint}`,
      sourceClass: 'E' as const,
      detector: one.source === 'heartbeat' ? 'heartbeat' : 'unknown',
      subject,
      summary: alertWords(one),
      holds: true,
    })),
    ...told.reports.map((one) => ({
      key: `H:${one.id}`,
      sourceClass: 'H' as const,
      detector: one.kind,
      subject: one.tenant === null ? subject : `tenant/${one.tenant}`,
      summary: reportWords(one),
      holds: true,
    })),
  ];
}

function directDrafts({ direct }: Evidence): readonly Draft[] {
  const nodes = direct.silentNodes.map((name) => ({
    key: `D:node/${name}`,
    sourceClass: 'D' as const,
    detector: 'node-failure',
    subject: `node/${name}`,
    summary: `all pods of the service on ${name} stopped answering`,
    holds: true,
  }));
  const pods = direct.failing
    .filter((pod) => pod.nodeName === null || !direct.silentNodes.includes(pod.nodeName))
    .map((pod) => ({
      key: `D:pod/${pod.name}`,
      sourceClass: 'D' as const,
      detector: 'health-check',
      subject: `pod/${pod.name}`,
      summary: `${pod.name} does not answer that it is ready`,
      holds: true,
    }));
  return [...nodes, ...pods];
}

/** Everything that says something is wrong now, worst class first. */
export function listSignals(evidence: Evidence): readonly Signal[] {
  const troubles = evidence.cluster.troubles.map(({ key, detector, subject, summary }) => ({
    key,
    sourceClass: 'C' as const,
    detector,
    subject,
    summary,
    holds: true,
  }));
  return [
    ...toldDrafts(evidence),
    ...clientDrafts(evidence),
    ...metricDrafts(evidence),
    ...directDrafts(evidence),
    ...checkDrafts(evidence),
    ...troubles,
  ]
    .filter((one) => one.holds)
    .map(({ holds: _holds, ...draft }) => {
      const held = Math.max(0, heldMs(evidence, draft.key));
      return { ...draft, since: evidence.at - held };
    });
}
