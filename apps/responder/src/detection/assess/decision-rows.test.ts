import { describe, expect, it } from 'vitest';
import { facts, later, node, now, probes, read, tenants } from '../../../test/facts/build-facts.ts';
import { container } from '../../../test/facts/build-outages.ts';
import { alert, check, report, traffic } from '../../../test/facts/build-told.ts';
import { standardThresholds } from '../../../test/standard-thresholds.ts';
import type { Facts, ServiceFact } from '#facts';
import type { Assessment } from '../assessment.ts';
import { assess } from './assess.ts';
import { emptyMemory, type AssessMemory } from './memory.ts';

/** The picture as it is after some time in which it stayed the same. */
function after(picture: Facts, forMs = 0, from: AssessMemory = emptyMemory): Assessment {
  let { assessment, memory } = assess(picture, standardThresholds, from);
  for (let t = 250; t <= forMs; t += 250)
    ({ assessment, memory } = assess(later(picture, t), standardThresholds, memory));
  return assessment;
}

interface Row {
  /** The row of the specification, as it is written there. */
  readonly row: string;
  readonly picture: Facts;
  readonly forMs?: number;
  readonly verdict: Assessment['verdict'];
  readonly severity: string | null;
  readonly by?: Assessment['confirmedBy'];
  readonly says: string;
}

const declaring = (port: number) =>
  facts().cluster.pods.map((one) => ({ ...one, containers: [container({ ports: [port] })] }));
const sendingTo = (port: number) => ({
  ...(facts().cluster.services[0] as ServiceFact),
  targetPorts: [port],
});
const allDown = probes({ count: 10, failed: 10 });
const dayMs = 24 * 3_600_000;
const loginRefused = check({ outcome: 'rejected', detail: '28P01: password authentication failed' });
const functions = [
  { name: 'data', critical: true },
  { name: 'export', critical: false },
];
const withFunctions = { ...facts().service, functions };
const ofExport = (run: Parameters<typeof probes>[0]) =>
  probes(run).map((one) => ({ ...one, target: 'export' }));

const rows: readonly Row[] = [
  {
    row: 'integrity or security flag (E): P0 now, restricted',
    picture: facts({ alerts: [alert({ flag: 'security', severity: null, summary: 'token theft' })] }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['E'],
    says: 'security breach',
  },
  {
    row: 'integrity or security flag (H): P0 now, restricted',
    picture: facts({ reports: [report({ flag: 'integrity', text: 'rows of another tenant' })] }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['H'],
    says: 'integrity of data',
  },
  {
    row: 'E critical: open now at its severity',
    picture: facts({ alerts: [alert({ severity: 'P0' })] }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['E'],
    says: 'by its word',
  },
  {
    row: 'E critical, then measured: all is green after 60 s',
    picture: facts({ alerts: [alert({ severity: 'P0' })] }),
    forMs: 60_000,
    verdict: 'confirmed',
    severity: 'P2',
    says: 'unconfirmed',
  },
  {
    row: 'E critical, and nothing can be measured',
    picture: facts({ probes: [], alerts: [alert({ severity: 'P0' })] }),
    forMs: 90_000,
    verdict: 'confirmed',
    severity: 'P0',
    says: 'nothing can be measured',
  },
  {
    row: 'E of a lesser severity is a suspicion',
    picture: facts({ alerts: [alert({ severity: 'P1' })] }),
    verdict: 'suspected',
    severity: null,
    says: 'being checked',
  },
  {
    row: 'A fails for all, and C agrees: the Service sends to a port that no pod declares',
    picture: facts({ probes: allDown }, { pods: declaring(8080), services: [sendingTo(8081)] }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['A', 'C'],
    says: 'nobody is served',
  },
  {
    row: 'C or D bad, A and B green: a declared port is a statement only, and no notice by itself',
    picture: facts({}, { pods: declaring(8080), services: [sendingTo(8081)] }),
    forMs: 60_000,
    verdict: 'quiet',
    severity: null,
    says: 'nothing wrong',
  },
  {
    row: 'A fails for all, rest green: "outside only", with the failing stage (DNS)',
    picture: facts({ probes: probes({ count: 10, failed: 10, outcome: 'dns' }) }),
    forMs: 15_000,
    verdict: 'confirmed',
    severity: 'P0',
    says: 'DNS: the name is not resolved',
  },
  {
    row: 'A fails for all, rest green: "outside only", with the failing stage (TLS)',
    picture: facts({ probes: probes({ count: 10, failed: 10, outcome: 'tls' }) }),
    forMs: 15_000,
    verdict: 'confirmed',
    severity: 'P0',
    says: 'TLS',
  },
  {
    row: 'A fails for all, and D (a check of a dependency) agrees: P0 now',
    picture: facts({ probes: allDown, checks: [check({ outcome: 'refused' })] }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['A', 'D'],
    says: 'nobody is served',
  },
  {
    row: 'a second class agrees (H): a customer says what the probes see',
    picture: facts({ probes: probes({ failed: 6 }), reports: [report({})] }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['A', 'H'],
    says: 'all 5 tenants',
  },
  {
    row: "only one tenant has traffic, and it fails; other tenants' probes fail too: P0",
    picture: facts({
      probes: [
        ...probes({ tenants: ['t1'], count: 30, failed: 30 }),
        ...probes({ tenants: ['t2', 't3'], count: 3, failed: 3 }),
        ...probes({ tenants: ['t4'], count: 2 }),
      ],
    }),
    forMs: 15_000,
    verdict: 'confirmed',
    severity: 'P0',
    says: 'the probes of the other tenants fail too',
  },
  {
    row: 'partial metrics: judged on the low end of the range, both shown',
    picture: facts({
      probes: [],
      metrics: traffic({ errors: 20, missing: ['api-b'] }),
    }),
    forMs: 60_000,
    verdict: 'confirmed',
    severity: 'P0',
    says: 'metrics cover 67 % of the pods: errors between 33-67 %',
  },
  {
    row: 'C or D bad, A and B green: a notice (a check fails)',
    picture: facts({ checks: [check({ subject: 'deployment/redis', kind: 'redis', outcome: 'timeout' })] }),
    forMs: 12_000,
    verdict: 'notice',
    severity: null,
    says: 'redis check of deployment/redis: timeout',
  },
  {
    row: 'C or D bad: a notice (the database connections detector)',
    picture: facts({ checks: [check({ values: { connections: 92, connectionSlots: 97 } })] }),
    forMs: 12_000,
    verdict: 'notice',
    severity: null,
    says: '92 of 97 connections',
  },
  {
    row: 'C or D bad: a notice (a certificate that ends soon, by the limit of its check)',
    picture: facts({
      checks: [
        check({
          kind: 'tls',
          subject: 'host/api.example.com',
          values: { expiresInMs: 20 * dayMs, warnWithinMs: 30 * dayMs },
        }),
      ],
    }),
    verdict: 'notice',
    severity: null,
    says: 'the certificate of host/api.example.com expires in 20 days',
  },
  {
    row: 'C or D bad: a notice (a chain that is not trusted)',
    picture: facts({
      checks: [
        check({
          kind: 'tls',
          subject: 'host/api.example.com',
          detail: 'the chain is not trusted (SELF_SIGNED_CERT_IN_CHAIN)',
          values: { expiresInMs: 90 * dayMs, warnWithinMs: 30 * dayMs, trusted: 0 },
        }),
      ],
    }),
    verdict: 'notice',
    severity: null,
    says: 'tls check of host/api.example.com: the chain is not trusted',
  },
  {
    row: 'C or D bad: a notice (a login of ours that is refused)',
    picture: facts({ checks: [loginRefused] }),
    forMs: 12_000,
    verdict: 'notice',
    severity: null,
    says: 'password authentication failed',
  },
  {
    row: 'a login of ours that is refused is no second class: harm that A alone sees is suspected at first',
    picture: facts({ probes: probes({ failed: 6 }), checks: [loginRefused] }),
    verdict: 'suspected',
    severity: null,
    says: 'one class of source only',
  },
  {
    row: 'a dependency that turns clients away is a second class',
    picture: facts({
      probes: probes({ failed: 6 }),
      checks: [check({ outcome: 'rejected', detail: '53300: sorry, too many clients already' })],
    }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['A', 'D'],
    says: 'above',
  },
  {
    row: 'P2 if loss is certain within 15 minutes (connections)',
    picture: facts({
      checks: Array.from({ length: 12 }, (_, i) =>
        check({ at: now - i * 10_000, values: { connections: 80 - i * 2, connectionSlots: 97 } }),
      ),
    }),
    forMs: 15_000,
    verdict: 'confirmed',
    severity: 'P2',
    by: ['D'],
    says: 'runs out of its 97 connections in about 1 minutes',
  },
  {
    row: 'P2 if loss is certain within 15 minutes (a certificate)',
    picture: facts({
      checks: [check({ kind: 'tls', subject: 'host/api.example.com', values: { expiresInMs: 600_000 } })],
    }),
    forMs: 15_000,
    verdict: 'confirmed',
    severity: 'P2',
    says: 'expires in 10 minutes',
  },
  {
    row: 'one customer report: checked at once',
    picture: facts({ reports: [report({ tenant: 't2' })] }),
    verdict: 'suspected',
    severity: null,
    says: 'customer report of t2',
  },
  {
    row: 'one customer report: unconfirmed after 60 s: P2',
    picture: facts({ reports: [report({ tenant: 't2' })] }),
    forMs: 60_000,
    verdict: 'confirmed',
    severity: 'P2',
    by: ['H'],
    says: 'unconfirmed',
  },
  {
    row: 'a suspicion (E) still there after 60 s: P2 "unconfirmed"',
    picture: facts({ alerts: [alert({ severity: 'P1' })] }),
    forMs: 60_000,
    verdict: 'confirmed',
    severity: 'P2',
    by: ['E'],
    says: 'unconfirmed',
  },
  {
    row: 'a function that is not critical fails for all: P2',
    picture: facts({
      service: withFunctions,
      probes: [...probes({}), ...ofExport({ failed: 20 })].toSorted((a, b) => a.endedAt - b.endedAt),
    }),
    forMs: 15_000,
    verdict: 'confirmed',
    severity: 'P2',
    says: 'not critical: export',
  },
  {
    row: 'the Kubernetes API unreadable: judged by A, B, D; changes refused',
    picture: facts({ probes: allDown, directReads: [read('a', 'http-error')] }, { readable: false }),
    verdict: 'confirmed',
    severity: 'P0',
    by: ['A', 'D'],
    says: 'changes are refused',
  },
];

it.each(rows)('$row', ({ picture, forMs, verdict, severity, by, says }) => {
  const assessment = after(picture, forMs);
  expect(assessment).toMatchObject({ verdict, severity });
  expect(assessment.reason).toContain(says);
  expect(assessment.confirmedBy).toEqual(by ?? assessment.confirmedBy);
});

describe('what is not an outage by the word of others', () => {
  it.each([
    { name: 'an alert that names no severity', picture: facts({ alerts: [alert({ severity: null })] }) },
    {
      name: "an alert of another service's namespace",
      picture: facts({ alerts: [alert({ severity: 'P0', labels: { namespace: 'billing' } })] }),
    },
  ])('$name', ({ picture }) => {
    expect(after(picture, 90_000).verdict).toBe('quiet');
  });
});

describe('traffic', () => {
  const usual = facts({ metrics: traffic({ requests: 300 }) });
  const gone = facts({ metrics: traffic({ requests: 0 }), probes: probes({ count: 20 }) });

  function habit(forMs: number): AssessMemory {
    let memory: AssessMemory = emptyMemory;
    for (let t = -forMs; t < 0; t += 1000) ({ memory } = assess(later(usual, t), standardThresholds, memory));
    return memory;
  }

  it('expected, and gone for 60 s while the probes are green: P1 "traffic vanished"', () => {
    const memory = habit(360_000);
    expect(after(gone, 50_000, memory).severity).toBeNull();
    const assessment = after(gone, 61_000, memory);
    expect(assessment).toMatchObject({ verdict: 'confirmed', severity: 'P1', confirmedBy: ['B'] });
    expect(assessment.reason).toContain('traffic vanished');
  });

  it('is not expected from a client that was there for a minute only', () => {
    expect(after(gone, 90_000, habit(60_000)).verdict).toBe('quiet');
  });
});

describe('facts of the incident', () => {
  it('hold what is restricted, and such an incident is not over because probes are green', () => {
    const assessment = after(
      facts({ probes: probes({ count: 60, overMs: 30_000 }), reports: [report({ flag: 'security' })] }),
    );
    expect(assessment).toMatchObject({ restricted: 'security', restored: false });
  });

  it('name services, functions and zones that are hit, and tenants with too little traffic', () => {
    const some = [...probes({ failed: 6 }), ...probes({ tenants: ['t9'], count: 2 })];
    const assessment = after(
      facts(
        {
          service: withFunctions,
          probes: some.toSorted((a, b) => a.endedAt - b.endedAt),
          directReads: [read('a', 'timeout'), read('b', 'ok'), read('c', 'ok')],
          checks: [check({ outcome: 'refused' })],
        },
        { nodes: [node('a'), node('b'), node('c')] },
      ),
    );
    expect(assessment.services).toEqual(['service/api-service', 'statefulset/postgres']);
    expect(assessment.functions).toMatchObject([
      { name: 'data', critical: true, harmed: true },
      { name: 'export', critical: false, harmed: false, requests: 0 },
    ]);
    expect(assessment.zones).toEqual(['zone-a']);
    expect(assessment.reason).toContain('too little traffic to judge t9');
    expect(tenants.length).toBe(5);
  });
});
