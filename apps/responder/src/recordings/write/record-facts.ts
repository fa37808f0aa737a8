import type { Detection } from '#detection';
import type { DependencyCheck, DirectRead, ProbeSample, KubeletAnswer, QueryAnswer } from '#facts';
import type { RecordingWriter } from './recording-writer.ts';

const everyMs = 200;

const iso = (at: number): string => new Date(at).toISOString();

function probeRow(one: ProbeSample): object {
  const { startedAt, target, tenant, status, outcome, durationMs } = one;
  return {
    t: iso(startedAt),
    target,
    tenant,
    ...(status === null ? { error: outcome } : { status }),
    ms: durationMs,
  };
}

function readRow({ at, subject, nodeName, outcome, status, durationMs }: DirectRead): object {
  return { t: iso(at), subject, node: nodeName, outcome, status, ms: durationMs };
}

function checkRow({ at, durationMs, ...check }: DependencyCheck): object {
  return { t: iso(at), ...check, ms: durationMs };
}

function kubeletRow({ at, durationMs, ...answer }: KubeletAnswer): object {
  return { t: iso(at), ...answer, ms: durationMs };
}

function queryRow({ at, ...answer }: QueryAnswer): object {
  return { t: iso(at), ...answer };
}

/** Writes each probe, direct read, check and answer to the runbook's own expressions that detection has made, once. */
export function recordFacts(
  detection: Pick<Detection, 'current'>,
  writer: RecordingWriter,
): { stop(): void } {
  const written = new WeakSet<object>();
  const news = <T extends object>(rows: readonly T[]): readonly T[] => {
    const fresh = rows.filter((row) => !written.has(row));
    for (const row of fresh) written.add(row);
    return fresh;
  };
  const write = (): void => {
    const facts = detection.current()?.facts;
    if (facts === undefined) return;
    for (const one of news(facts.probes)) writer.row('probe', probeRow(one));
    for (const one of news(facts.directReads).toReversed()) writer.row('reads', readRow(one));
    for (const one of news(facts.checks).toReversed()) writer.row('checks', checkRow(one));
    for (const one of news(facts.kubelets ?? []).toReversed()) writer.row('kubelets', kubeletRow(one));
    for (const one of news(facts.queries ?? []).toReversed()) writer.row('queries', queryRow(one));
  };
  const timer = setInterval(write, everyMs);
  return {
    stop() {
      clearInterval(timer);
      write();
    },
  };
}
