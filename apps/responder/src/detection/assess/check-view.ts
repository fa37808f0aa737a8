import { isLoginRefused, type DependencyCheck, type Facts } from '#facts';
import type { DetectorKind } from '@tocsin/runbook';
import type { Thresholds } from '../thresholds.ts';
import type { ClusterTrouble } from './cluster-view.ts';
import { limits } from './limits.ts';
import { findLosses } from './find-losses.ts';

/** What the responder's own checks of dependencies say (class D). */
export interface CheckView {
  readonly troubles: readonly ClusterTrouble[];
  /** A dependency cannot be reached, or turns us away. */
  readonly failing: boolean;
  /** What is going to be lost within 15 minutes if nothing changes. */
  readonly losses: readonly string[];
}

const certificateMs = 14 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

function newestOf(checks: readonly DependencyCheck[]): readonly DependencyCheck[] {
  const newest = new Map<string, DependencyCheck>();
  for (const one of checks) {
    const key = `${one.kind} ${one.subject}`;
    const known = newest.get(key);
    if (known === undefined || one.at > known.at) newest.set(key, one);
  }
  return [...newest.values()];
}

function isFresh(one: DependencyCheck, facts: Facts): boolean {
  // Names and certificates are looked at once a minute.
  const slowly = one.kind === 'tls' || one.kind === 'dns';
  return one.at > facts.at - (slowly ? limits.slowCheckMs : limits.freshMs * 2);
}

function connectionWords({ values, subject }: DependencyCheck, fullShare: number): string | null {
  const { connections, connectionSlots } = values;
  if (connections === undefined || connectionSlots === undefined) return null;
  if (connections <= connectionSlots * fullShare) return null;
  return `${connections} of ${connectionSlots} connections of ${subject} are taken`;
}

function certificateWords({ kind, values, subject, detail }: DependencyCheck): string | null {
  const left = values['expiresInMs'];
  if (left === undefined || left > (values['warnWithinMs'] ?? certificateMs))
    return kind === 'tls' && detail !== '' ? `tls check of ${subject}: ${detail}` : null;
  return left <= 0
    ? `the certificate of ${subject} has expired`
    : `the certificate of ${subject} expires in ${Math.floor(left / dayMs)} days`;
}

function troubleOf(one: DependencyCheck, fullShare: number): readonly ClusterTrouble[] {
  const { kind, subject, outcome, detail } = one;
  const trouble = (detector: DetectorKind, summary: string, holdMs: number) => [
    { key: `D:${kind}:${subject}`, detector, subject, summary, holdMs },
  ];
  const isFull = /53300|too many (?:clients|connections)|slots are reserved/i.test(detail);
  if (outcome !== 'ok') {
    const said = detail === '' ? outcome : `${outcome} (${detail})`;
    return trouble(
      isFull ? 'database-connections' : 'health-check',
      `${kind} check of ${subject}: ${said}`,
      10_000,
    );
  }
  const connections = connectionWords(one, fullShare);
  if (connections !== null) return trouble('database-connections', connections, 10_000);
  const certificate = certificateWords(one);
  return certificate === null ? [] : trouble('health-check', certificate, 0);
}

/**
 * Looks at the newest check of each kind and subject, and at where the measured values are going. A login of ours that is refused is a
 * trouble to be told, but no sign of harm.
 */
export function checkView(facts: Facts, { connectionShare }: Thresholds): CheckView {
  const newest = newestOf(facts.checks).filter((one) => isFresh(one, facts));
  return {
    troubles: newest.flatMap((one) => troubleOf(one, connectionShare)),
    failing: newest.some((one) => one.outcome !== 'ok' && !isLoginRefused(one)),
    losses: findLosses(facts, newest),
  };
}
