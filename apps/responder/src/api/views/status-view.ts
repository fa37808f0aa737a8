import type { ProbeView, SourceView, StatusView } from '@tocsin/contract';
import type { EpochMs, Facts } from '#facts';
import type { ApiOptions, ApiPorts } from '../api-ports.ts';
import type { HandsOff } from '#incidents';
import { handsOffSet } from './hands-off-view.ts';
import { iso, isoOrNull } from './iso.ts';
import { runbookNotice } from './runbook-notice.ts';
import { diagnosisView, signalView, tenantViews } from './measured-view.ts';

/** What is watched and what it says now. Without facts yet it says `unknown`, never `quiet`. */
export function statusView(
  ports: Pick<ApiPorts, 'currentPlan' | 'service' | 'watched'> & {
    readonly runbook: Pick<ApiPorts['runbook'], 'state'>;
  },
  options: Pick<ApiOptions, 'version' | 'startedAt'>,
  {
    openIncidents,
    handsOff,
  }: { readonly openIncidents: readonly string[]; readonly handsOff: HandsOff | null },
  now: EpochMs,
): StatusView {
  const { plan, file } = ports.currentPlan();
  const { id, namespace, deployment, service } = ports.service;
  return {
    at: iso(now),
    version: options.version,
    startedAt: iso(options.startedAt),
    service: { id, namespace, deployment, service },
    plan: { name: plan.name, hash: plan.hash, file },
    handsOff: handsOffSet(handsOff),
    runbookNotice: runbookNotice(ports.runbook.state(), now),
    ...watchedView(ports.watched()),
    openIncidents: [...openIncidents],
  };
}

type Watched = Pick<
  StatusView,
  'verdict' | 'reason' | 'signals' | 'diagnoses' | 'sources' | 'probes' | 'tenants' | 'pods' | 'nodes'
>;

function watchedView(watched: ReturnType<ApiPorts['watched']>): Watched {
  if (watched === null)
    return {
      verdict: 'unknown',
      reason: 'Nothing has been measured yet.',
      signals: [],
      diagnoses: [],
      sources: [],
      probes: [],
      tenants: [],
      pods: { total: 0, ready: 0 },
      nodes: { total: 0, ready: 0 },
    };
  const { facts, assessment, diagnoses } = watched;
  const pods = podsOf(facts);
  return {
    verdict: assessment.verdict,
    reason: assessment.reason,
    signals: assessment.signals.map(signalView),
    diagnoses: diagnoses.map((one) => diagnosisView(one, [])),
    sources: sources(facts),
    probes: latestProbes(facts),
    tenants: tenantViews(assessment.tenants),
    pods: { total: pods.length, ready: pods.filter((pod) => pod.ready).length },
    nodes: {
      total: facts.cluster.nodes.length,
      ready: facts.cluster.nodes.filter((node) => node.ready === 'True').length,
    },
  };
}

function podsOf({ cluster, service }: Facts) {
  const wanted = Object.entries(service.podLabels);
  return cluster.pods.filter(
    (pod) =>
      pod.namespace === service.namespace && wanted.every(([name, value]) => pod.labels[name] === value),
  );
}

/** Newest answer of each probe, by target and tenant. */
function latestProbes({ probes }: Facts): ProbeView[] {
  const latest = new Map(probes.map((probe) => [`${probe.target} ${probe.tenant ?? ''}`, probe]));
  return [...latest.values()].map((probe) => ({
    target: probe.target,
    tenant: probe.tenant,
    at: iso(probe.endedAt),
    outcome: probe.outcome,
    status: probe.status,
    durationMs: probe.durationMs,
  }));
}

function sources(facts: Facts): SourceView[] {
  const checks = facts.checks.length === 0 ? [] : [ownChecks(facts)];
  return [outsideProbes(facts), requestMetrics(facts), clusterObjects(facts), directReads(facts), ...checks];
}

function outsideProbes(facts: Facts): SourceView {
  const probe = facts.probes.at(-1);
  return {
    sourceClass: 'A',
    name: 'Outside probes',
    readable: probe !== undefined,
    lastAt: isoOrNull(probe?.endedAt ?? null),
    detail: controlDetail(facts),
  };
}

function requestMetrics(facts: Facts): SourceView {
  const metrics = facts.metrics.at(-1);
  return {
    sourceClass: 'B',
    name: 'Request metrics',
    readable: (metrics?.podsScraped.length ?? 0) > 0,
    lastAt: isoOrNull(metrics?.to ?? null),
    detail: [
      metrics === undefined ? 'not read yet' : scrapeDetail(metrics),
      ...(typeof facts.metricsNote === 'string' ? [facts.metricsNote] : []),
    ].join('; '),
  };
}

function clusterObjects({ cluster }: Facts): SourceView {
  return {
    sourceClass: 'C',
    name: 'Kubernetes objects',
    readable: cluster.readable,
    lastAt: isoOrNull(cluster.lastReadAt),
    detail: cluster.readable ? 'watched' : 'the Kubernetes API cannot be read',
  };
}

function directReads(facts: Facts): SourceView {
  const [read] = facts.directReads;
  return {
    sourceClass: 'D',
    name: 'Direct reads of pods',
    readable: read !== undefined,
    lastAt: isoOrNull(read?.at ?? null),
    detail: read === undefined ? 'none in the last 90 s' : readDetail(facts),
  };
}

function ownChecks({ checks }: Facts): SourceView {
  const newest = new Map(checks.toReversed().map((one) => [`${one.kind} check of ${one.subject}`, one]));
  const failing = [...newest].filter(([, one]) => one.outcome !== 'ok');
  const lastAt = Math.max(...checks.map((one) => one.at + one.durationMs));
  return {
    sourceClass: 'D',
    name: 'Checks of dependencies',
    readable: true,
    lastAt: isoOrNull(lastAt),
    detail:
      failing.length === 0
        ? `${newest.size} of ${newest.size} answer`
        : failing.map(([name, one]) => `${name}: ${one.outcome}`).join('; '),
  };
}

function controlDetail({ controls }: Facts): string {
  const control = controls.at(-1);
  if (control === undefined) return 'no control target configured';
  return control.reachable
    ? 'control target reachable'
    : 'control target unreachable: this may be our own line';
}

function scrapeDetail(metrics: Facts['metrics'][number]): string {
  const all = metrics.podsScraped.length + metrics.podsMissing.length;
  return `${metrics.podsScraped.length} of ${all} pods answer`;
}

function readDetail({ directReads: reads, cluster }: Facts): string {
  const living = new Set(
    cluster.pods.filter((pod) => pod.deletionAt === null).map((pod) => `pod/${pod.name}`),
  );
  const present = reads.filter((read) => !read.subject.startsWith('pod/') || living.has(read.subject));
  const latest = new Map(present.toReversed().map((read) => [read.subject, read.outcome]));
  const good = [...latest.values()].filter((outcome) => outcome === 'ok').length;
  return `${good} of ${latest.size} asked directly answer`;
}
