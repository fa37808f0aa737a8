import type { Facts } from '#facts';
import type { Assessment } from '../assessment.ts';
import type { Thresholds } from '../thresholds.ts';
import { decide } from './decision-table.ts';
import { gatherEvidence, type Evidence } from './evidence.ts';
import { explain } from './explain.ts';
import { findRestored } from './find-restored.ts';
import { listSignals } from './list-signals.ts';
import type { AssessMemory } from './memory.ts';
import type { Ruling } from './ruling.ts';

function zonesOf({ facts, direct, cluster }: Evidence): readonly string[] {
  const badNodes = new Set([
    ...direct.failing.map((pod) => pod.nodeName),
    ...cluster.troubles.map((one) => one.subject.replace(/^node\//, '')),
  ]);
  const zones = facts.cluster.nodes.filter((node) => badNodes.has(node.name)).map((node) => node.zone);
  return [...new Set(zones)].filter((zone) => zone !== null).toSorted();
}

/** The service itself once it is harmed, and each dependency that something says is wrong. */
function servicesOf({ facts, harm, cluster, checks }: Evidence, ruling: Ruling): readonly string[] {
  const own = harm && ruling.verdict === 'confirmed' ? [`service/${facts.service.service}`] : [];
  const troubled = [...cluster.troubles, ...checks.troubles].map((one) => one.subject);
  return [...own, ...facts.service.dependencies.filter((one) => troubled.includes(one))];
}

function isGoing({ harm }: Evidence, { verdict }: Ruling): boolean {
  return harm || verdict === 'suspected' || verdict === 'confirmed';
}

function remember(evidence: Evidence, ruling: Ruling, before: AssessMemory): AssessMemory {
  const { clients, harm, since, at } = evidence;
  const going = isGoing(evidence, ruling);
  const confirmed = ruling.verdict === 'confirmed' && ruling.rank !== null;
  return {
    since,
    confirmedBy: harm ? (confirmed ? ruling.by : before.confirmedBy) : null,
    impactStartAt: going ? (before.impactStartAt ?? clients.firstHarmAt ?? at) : null,
    suspectedSince: going ? (before.suspectedSince ?? at) : null,
    traffic: evidence.traffic,
  };
}

/** Classes that stand behind the verdict; those that confirmed earlier stay on the list while the harm lasts. */
function standing(ruling: Ruling, before: AssessMemory): Assessment['confirmedBy'] {
  return [
    ...new Set([...ruling.by, ...(ruling.verdict === 'confirmed' ? (before.confirmedBy ?? []) : [])]),
  ].toSorted();
}

/**
 * Says what all sources together mean at `facts.at`. Pure: hand the returned memory to the next call. Call it often
 * (several times a second), because persistence is counted from the first call that saw a condition.
 */
export function assess(
  facts: Facts,
  thresholds: Thresholds,
  before: AssessMemory,
): { readonly assessment: Assessment; readonly memory: AssessMemory } {
  const evidence = gatherEvidence(facts, thresholds, before);
  const ruling = decide(evidence);
  const confirmedBy = standing(ruling, before);
  const memory = remember(evidence, { ...ruling, by: confirmedBy }, before);
  const assessment: Assessment = {
    at: facts.at,
    verdict: ruling.verdict,
    signals: listSignals(evidence),
    tenants: evidence.tenants,
    zones: zonesOf(evidence),
    services: servicesOf(evidence, ruling),
    functions: evidence.functions,
    severity: ruling.rank === null ? null : thresholds.severities[ruling.rank],
    reason: explain(evidence, ruling),
    confirmedBy,
    ...(memory.suspectedSince === null ? {} : { suspectedSince: memory.suspectedSince }),
    impactStartAt: memory.impactStartAt,
    lastHarmAt: evidence.clients.lastHarmAt,
    restored: findRestored(evidence),
    ...(ruling.blind === true ? { blind: true as const } : {}),
    ...(ruling.restricted === undefined ? {} : { restricted: ruling.restricted }),
  };
  return { assessment, memory };
}
