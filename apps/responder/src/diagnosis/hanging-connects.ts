import type { PodFact } from '#facts';
import { presentSignatures, type CaseFile } from './case-file.ts';
import { lockWaits } from './lock-waits.ts';
import { countOf, freshChecks, type Dependency } from './dependencies.ts';

/** Attempts of the service to connect to its database that nobody answered, while it answers others. */
export interface HangingConnects {
  readonly count: number;
  /** Names of the pods whose attempts hang. */
  readonly pods: ReadonlySet<string>;
  /** Pods that are Ready, answer, and say nothing of the kind: they reach it. */
  readonly free: readonly PodFact[];
  /** The responder's own newest checks of it were answered in time. */
  readonly answersUs: boolean;
}

/** Fewer may have met a server that was starting. */
const minAttempts = 3;
const inTimeMs = 1000;

/**
 * Null while there are too few, where nobody at all gets an answer (a server that hangs keeps its clients waiting in the same way), and
 * where connections that were open before still serve: a server that is full or starts slowly does that, a cut line does not. The lines
 * are those of PostgreSQL's clients when the time limit of a connect passes; they name no address.
 */
export function hangingConnects(one: Dependency, file: CaseFile): HangingConnects | null {
  if (!one.isDatabase || lockWaits(file, one.subject) > 0) return null;
  const said = (signature: string) => presentSignatures(file).filter((line) => line.signature === signature);
  const lines = said('connect-timeout');
  const count = countOf(lines);
  if (count < minAttempts || said('sqlstate:53300').length > 0) return null;
  const pods = new Set(lines.map((line) => line.pod));
  const stuck = new Set(said('query-timeout').map((line) => line.pod));
  if ([...pods].some((pod) => !stuck.has(pod))) return null;
  const free = file.living.filter(
    (pod) => pod.ready && !pods.has(pod.name) && file.newestRead(pod)?.outcome === 'ok',
  );
  const checks = freshChecks(file, one.subject).slice(0, 2);
  const answersUs =
    checks.length > 1 && checks.every(({ outcome, durationMs }) => outcome === 'ok' && durationMs < inTimeMs);
  return answersUs || free.length > 0 ? { count, pods, free, answersUs } : null;
}
