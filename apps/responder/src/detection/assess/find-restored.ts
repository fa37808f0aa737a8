import { servicePods } from '#facts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import { endedAfter } from './measure.ts';

function podsAreFine({ facts, direct }: Evidence): boolean {
  // A silent pod that Kubernetes has taken out of the service harms nobody any more.
  if (direct.failing.some((pod) => pod.ready)) return false;
  const living = servicePods(facts).filter((pod) => pod.deletionAt === null && pod.ready);
  return facts.directReads.length === 0 || living.length > 0;
}

function isGreenOutside({ facts, clients, harm, at }: Evidence): boolean {
  const greenSince = Math.max(clients.lastHarmAt ?? -Infinity, facts.probes[0]?.startedAt ?? Infinity);
  if (at - greenSince < limits.greenMs || harm || clients.hint) return false;
  const answers = endedAfter(facts.probes, at - limits.greenMs).filter((one) => one.outcome === 'ok');
  return answers.length >= limits.minRequests;
}

/** True when everything that can be read has been green for 10 s with enough answers, since the last harm. */
export function findRestored(evidence: Evidence): boolean {
  const { cluster, told } = evidence;
  // Green probes say nothing about data that may be wrong or stolen.
  if (told.flag !== null) return false;
  if (cluster.readable && cluster.readyEndpoints === 0) return false;
  return isGreenOutside(evidence) && podsAreFine(evidence);
}
