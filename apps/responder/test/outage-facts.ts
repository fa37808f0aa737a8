import type { Assessment, TenantImpact } from '../src/detection/index.ts';
import type { Diagnosis } from '../src/diagnosis/index.ts';
import type { EvidenceSummary, ProposedStep } from '../src/incidents/index.ts';

const tenantNames = ['t1', 't2', 't3', 't4', 't5'];

function tenant(name: string, harmed: boolean): TenantImpact {
  const failed = harmed ? 33 : 0;
  return {
    tenant: name,
    requests: 100,
    failed,
    errorRatio: failed / 100,
    p95Ms: 40,
    judged: true,
    harm: harmed ? 'errors' : 'none',
  };
}

/** An outage as detection confirms it: a third of all requests of all tenants fail. */
export function outage(at: number, more: Partial<Assessment> = {}): Assessment {
  return {
    at,
    verdict: 'confirmed',
    signals: [
      {
        key: 'A:errors',
        sourceClass: 'A',
        detector: 'error-rate',
        subject: 'service/api',
        since: at,
        summary: 'errors',
      },
    ],
    tenants: tenantNames.map((name) => tenant(name, true)),
    zones: ['zone-b'],
    severity: 'P0',
    reason: 'all 5 tenants with traffic above 5 % errors (31-36 %)',
    confirmedBy: ['A', 'D'],
    impactStartAt: at - 4000,
    lastHarmAt: at - 200,
    restored: false,
    ...more,
  };
}

/** Green again: the last failing request began at `lastHarmAt`. */
export function restored(at: number, lastHarmAt: number): Assessment {
  return outage(at, {
    verdict: 'quiet',
    signals: [],
    tenants: tenantNames.map((name) => tenant(name, false)),
    severity: null,
    reason: 'all probes are green',
    confirmedBy: [],
    lastHarmAt,
    restored: true,
  });
}

export function quiet(at: number): Assessment {
  return { ...restored(at, 0), impactStartAt: null, lastHarmAt: null, restored: true };
}

export function nodeFailure(confidence = 0.9, more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    id: 'node-failure',
    subject: 'node/node-b',
    confidence,
    for: ['its pods stopped answering together'],
    against: [],
    settles: ['the lease of node-b'],
    ...more,
  };
}

export function step(id: string, more: Partial<ProposedStep> = {}): ProposedStep {
  return {
    id,
    actionId: id,
    label: id,
    command: `kubectl ${id} node-b`,
    pipeline: [['kubectl', id, 'node-b']],
    effect: 'mutate',
    approvalsNeeded: 1,
    values: { 'node-name': 'node-b' },
    target: 'node/node-b',
    targetUid: 'uid-b',
    bindingHash: `hash-of-${id}`,
    dryRun: { ok: true, text: 'node/node-b would change' },
    checks: [{ name: 'fleet-healthy', ok: true, text: '2 of 3 pods answer' }],
    undo: null,
    blastRadius: 'one node',
    ...more,
  };
}

export const cordon = step('cordon');
export const drain = step('drain', { effect: 'destroy', approvalsNeeded: 2 });

export function evidence(actionId: string, at: number): EvidenceSummary {
  return {
    id: `evidence-${actionId}`,
    actionId,
    label: actionId,
    command: `kubectl ${actionId}`,
    mode: 'as-written',
    outcome: 'ended',
    reason: null,
    startedAt: at - 300,
    endedAt: at,
    bytes: 10,
  };
}
