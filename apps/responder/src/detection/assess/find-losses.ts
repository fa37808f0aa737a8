import { servicePods, type DependencyCheck, type Facts } from '#facts';
import { limits } from './limits.ts';
import { reachesInMs } from './trend.ts';

/** Below this share of a limit, a line drawn through a few minutes proves nothing. */
const minShare = 0.6;

function minutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}

function ofConnections({ checks }: Facts): readonly string[] {
  const rows = Map.groupBy(
    checks.filter((one) => 'connections' in one.values && 'connectionSlots' in one.values),
    (one) => one.subject,
  );
  return [...rows].flatMap(([subject, its]) => {
    const newest = its.reduce((best, one) => (one.at > best.at ? one : best));
    const slots = newest.values['connectionSlots'] ?? 0;
    if ((newest.values['connections'] ?? 0) < slots * minShare) return [];
    const points = its.map((one) => ({ at: one.at, used: one.values['connections'] ?? 0 }));
    const inMs = reachesInMs(points, slots);
    return inMs === null || inMs > limits.certainLossMs
      ? []
      : [`${subject} runs out of its ${slots} connections in about ${minutes(inMs)} minutes`];
  });
}

function ofMemory(facts: Facts): readonly string[] {
  const rows = facts.metrics.filter((row) => row.memory !== undefined);
  if (rows.length === 0) return [];
  const points = new Map<string, { at: number; used: number }[]>();
  for (const { to, memory = [] } of rows)
    for (const { pod, bytes } of memory) {
      const its = points.get(pod) ?? [];
      its.push({ at: to, used: bytes });
      points.set(pod, its);
    }
  return servicePods(facts).flatMap(({ name, containers, deletionAt }) => {
    const limit = Math.max(0, ...containers.map((one) => one.memoryLimitBytes ?? 0));
    const its = points.get(name);
    if (its === undefined || limit === 0 || deletionAt !== null) return [];
    if ((its.at(-1)?.used ?? 0) < limit * minShare) return [];
    const inMs = reachesInMs(its, limit);
    return inMs === null || inMs > limits.certainLossMs
      ? []
      : [`${name} reaches its memory limit in about ${minutes(inMs)} minutes`];
  });
}

function ofCertificates(newest: readonly DependencyCheck[]): readonly string[] {
  return newest.flatMap(({ subject, values }) => {
    const left = values['expiresInMs'];
    if (left === undefined || left <= 0 || left > limits.certainLossMs) return [];
    return [`the certificate of ${subject} expires in ${minutes(left)} minutes`];
  });
}

/** What reaches its limit within 15 minutes if it goes on as measured: connections, memory, a certificate. */
export function findLosses(facts: Facts, newest: readonly DependencyCheck[]): readonly string[] {
  return [...ofConnections(facts), ...ofMemory(facts), ...ofCertificates(newest)];
}
