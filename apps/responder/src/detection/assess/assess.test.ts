import { describe, expect, it } from 'vitest';
import { facts, later, node, now, pod, probes, read, tenants } from '../../../test/facts/build-facts.ts';
import { standardThresholds } from '../../../test/standard-thresholds.ts';
import type { Facts, RequestMetrics } from '#facts';
import type { Assessment } from '../assessment.ts';
import { assess } from './assess.ts';
import { emptyMemory } from './memory.ts';

/** Shows the same picture for a while, four times a second. */
function show(picture: Facts, forMs = 0, thresholds = standardThresholds): Assessment {
  let { assessment, memory } = assess(picture, thresholds, emptyMemory);
  for (let t = 250; t <= forMs; t += 250)
    ({ assessment, memory } = assess(later(picture, t), thresholds, memory));
  return assessment;
}

function scraped(
  rows: RequestMetrics['tenants'],
  missing: readonly string[] = [],
): readonly RequestMetrics[] {
  const scrapedPods = ['api-a', 'api-b', 'api-c'].filter((name) => !missing.includes(name));
  const round = { from: now - 6000, to: now - 1000, tenants: rows, pools: [] };
  return [{ ...round, podsScraped: scrapedPods, podsMissing: missing }];
}

const everyone = (errors: number) => tenants.map((tenant) => ({ tenant, requests: 40, errors, p95Ms: 20 }));
const allDown = probes({ count: 10, failed: 10 });
const third = probes({ count: 20, failed: 6, outcome: 'timeout' });
const silentB = [read('a', 'ok'), read('b', 'timeout'), read('c', 'ok')];
const cut = [{ at: now - 500, reachable: false }];

it.each([
  ['the 2 elsewhere answer', ['ok', 'timeout', 'ok']],
  ['the one elsewhere answers', ['ok', 'timeout', 'http-error']],
  ['those elsewhere answer with errors', ['http-error', 'timeout', 'http-error']],
] as const)('a silent node is told beside what the others do: %s', (words, [a, b, c]) => {
  const picture = facts({ probes: third, directReads: [read('a', a), read('b', b), read('c', c)] });
  expect(show(picture, 6000).reason).toContain(`the pod on node-b stopped answering, ${words}`);
});

it('says since when an outage is suspected, through its confirmation, and no more once it is over', () => {
  const harmed = facts({ probes: third, directReads: silentB });
  expect(show(facts()).suspectedSince).toBeUndefined();
  const confirmed = show(harmed, 6000);
  expect(confirmed).toMatchObject({ verdict: 'confirmed', suspectedSince: now });
  const { memory } = assess(harmed, standardThresholds, emptyMemory);
  const after = assess(later(facts(), 60_000), standardThresholds, memory);
  expect(after.assessment.suspectedSince).toBeUndefined();
});

describe('the decision table', () => {
  const rows: readonly {
    name: string;
    picture: Facts;
    forMs?: number;
    verdict: Assessment['verdict'];
    severity: string | null;
    says?: string;
  }[] = [
    { name: 'all green', picture: facts(), verdict: 'quiet', severity: null },
    {
      name: 'no traffic and no probes yet',
      picture: facts({ probes: [] }),
      verdict: 'quiet',
      severity: null,
    },
    {
      name: 'A and its control target both fail: blind, at first only suspected',
      picture: facts({ probes: allDown, controls: cut }),
      verdict: 'suspected',
      severity: null,
      says: 'blind',
    },
    {
      name: 'A and its control target both fail for 30 s: a page without severity',
      picture: facts({ probes: allDown, controls: cut }),
      forMs: 30_000,
      verdict: 'confirmed',
      severity: null,
      says: 'blind',
    },
    {
      name: 'A fails for all and D agrees: P0 now',
      picture: facts({ probes: allDown, directReads: [read('a', 'http-error'), read('b', 'http-error')] }),
      verdict: 'confirmed',
      severity: 'P0',
      says: 'nobody is served',
    },
    {
      name: 'A fails for all and C agrees: P0 now',
      picture: facts({ probes: allDown }, { endpoints: [] }),
      verdict: 'confirmed',
      severity: 'P0',
      says: 'no ready endpoint',
    },
    {
      name: 'A fails for all, the rest is green: not yet',
      picture: facts({ probes: allDown }),
      verdict: 'suspected',
      severity: null,
      says: 'HTTP',
    },
    {
      name: 'A fails for all, the rest is green for 15 s: P0, outside only',
      picture: facts({ probes: allDown }),
      forMs: 15_000,
      verdict: 'confirmed',
      severity: 'P0',
      says: 'outside only',
    },
    {
      name: 'a third of all requests hang and the pod of one node is silent: P0',
      picture: facts({ probes: third, directReads: silentB }),
      verdict: 'confirmed',
      severity: 'P0',
      says: 'lease and endpoints have not changed: Kubernetes needs 40-50 s',
    },
    {
      name: 'a third of all requests hang, one class only: not yet',
      picture: facts({ probes: third }),
      verdict: 'suspected',
      severity: null,
      says: 'one class of source only',
    },
    {
      name: 'a third of all requests hang for 15 s: P0',
      picture: facts({ probes: third }),
      forMs: 15_000,
      verdict: 'confirmed',
      severity: 'P0',
      says: 'all 5 tenants with traffic above 5 % errors (35 %)',
    },
    {
      name: 'the Kubernetes API cannot be read: judged by A and D',
      picture: facts({ probes: third, directReads: silentB }, { readable: false }),
      verdict: 'confirmed',
      severity: 'P0',
      says: 'changes are refused',
    },
    {
      name: 'the Kubernetes API cannot be read and all is green: a notice',
      picture: facts({}, { readable: false }),
      forMs: 20_000,
      verdict: 'notice',
      severity: null,
    },
    {
      name: 'B alone sees errors of all: not yet',
      picture: facts({ probes: [], metrics: scraped(everyone(10)) }),
      verdict: 'suspected',
      severity: null,
    },
    {
      name: 'B alone sees errors of all for 60 s: P0',
      picture: facts({ probes: [], metrics: scraped(everyone(10)) }),
      forMs: 60_000,
      verdict: 'confirmed',
      severity: 'P0',
    },
    {
      name: 'errors for two tenants of five, two classes: P1',
      picture: facts({
        probes: [...probes({ tenants: ['t1', 't2'], failed: 8 }), ...probes({ tenants: ['t3', 't4', 't5'] })],
        metrics: scraped(everyone(0).map((row) => (row.tenant < 't3' ? { ...row, errors: 16 } : row))),
      }),
      verdict: 'confirmed',
      severity: 'P1',
      says: 'tenants t1 and t2 of 5',
    },
    {
      name: 'only slow, for all: P1 after 15 s',
      picture: facts({ probes: probes({ durationMs: 1500 }) }),
      forMs: 15_000,
      verdict: 'confirmed',
      severity: 'P1',
      says: '1.5 s',
    },
    {
      name: 'one tenant of five: P2',
      picture: facts({
        probes: [
          ...probes({ tenants: ['t1'], failed: 18 }),
          ...probes({ tenants: ['t2', 't3', 't4', 't5'] }),
        ],
      }),
      forMs: 15_000,
      verdict: 'confirmed',
      severity: 'P2',
      says: 'tenant t1',
    },
    {
      name: 'only one tenant has traffic, and nothing else can be measured: P1',
      picture: facts({ probes: probes({ tenants: ['t1'], count: 30, failed: 10 }) }),
      forMs: 15_000,
      verdict: 'confirmed',
      severity: 'P1',
      says: 'scope unknown',
    },
    {
      name: 'only one tenant has traffic, the few probes of the others are green: P2',
      picture: facts({
        probes: [
          ...probes({ tenants: ['t1'], count: 30, failed: 10 }),
          ...probes({ tenants: ['t2'], count: 4 }),
        ],
      }),
      forMs: 15_000,
      verdict: 'confirmed',
      severity: 'P2',
      says: 'green',
    },
    {
      name: 'partial metrics are judged on their low end',
      picture: facts({
        metrics: scraped(everyone(3), ['api-b', 'api-c']),
        directReads: silentB,
      }),
      verdict: 'quiet',
      severity: null,
    },
    {
      name: 'a node is Unknown and no request fails: a notice',
      picture: facts({}, { nodes: [node('a'), node('b', { ready: 'Unknown' }), node('c')] }),
      forMs: 21_000,
      verdict: 'notice',
      severity: null,
      says: 'node-b is Ready=Unknown',
    },
    {
      name: 'one ready endpoint is left of three for 60 s: P2',
      picture: facts({}, { endpoints: facts().cluster.endpoints.slice(0, 1) }),
      forMs: 60_000,
      verdict: 'confirmed',
      severity: 'P2',
      says: 'one ready endpoint',
    },
    {
      name: 'a suspicion that goes on for 60 s: P2, unconfirmed',
      picture: facts({ probes: probes({ tenants: ['t1'], count: 12, failed: 2, overMs: 3000 }) }),
      forMs: 60_000,
      verdict: 'confirmed',
      severity: 'P2',
      says: 'unconfirmed',
    },
  ];

  it.each(rows)('$name', ({ picture, forMs, verdict, severity, says }) => {
    const assessment = show(picture, forMs);
    expect(assessment).toMatchObject({ verdict, severity });
    expect(assessment.reason).toContain(says ?? '');
  });
});

describe('what must not open an incident', () => {
  const quiet: readonly { name: string; picture: Facts }[] = [
    {
      name: 'a single failed probe, while a pod does not answer directly',
      picture: facts({ probes: probes({ tenants: ['t1'], failed: 1 }), directReads: silentB }),
    },
    {
      name: 'errors below the limit',
      picture: facts({ probes: probes({ count: 100, failed: 4 }), directReads: silentB }),
    },
    {
      name: 'pods being replaced: the old ones go, a new one is not ready yet',
      picture: facts(
        {},
        {
          pods: [
            pod('a'),
            pod('b'),
            pod('c', { deletionAt: now - 2000, ready: false }),
            pod('d', { ready: false, createdAt: now - 5000 }),
          ],
        },
      ),
    },
    {
      name: 'a cordoned node',
      picture: facts({}, { nodes: [node('a'), node('b', { unschedulable: true })] }),
    },
  ];

  it.each(quiet)('$name', ({ picture }) => {
    expect(show(picture, 20_000).severity).toBeNull();
  });
});

describe('the document decides', () => {
  it('pages at its limit, not at a lower one', () => {
    const directReads = [...silentB, read('b', 'timeout', 5000)];
    const picture = facts({ probes: third, directReads });
    expect(show(picture).severity).toBe('P0');
    const higher = show(picture, 70_000, { ...standardThresholds, errorRatio: 0.6 });
    expect(higher).toMatchObject({ verdict: 'notice', severity: null });
  });

  it('says what it does not let us page on', () => {
    const gaps = ['the document has no error rate detector with a limit'];
    const assessment = show(facts({ probes: third }), 20_000, {
      ...standardThresholds,
      errorRatio: null,
      gaps,
    });
    expect(assessment.severity).toBeNull();
    expect(assessment.reason).toContain(gaps[0]);
  });

  it('uses the names of its severities', () => {
    const severities = { critical: 'SEV1', major: 'SEV2', minor: 'SEV3' };
    const picture = facts({ probes: third, directReads: silentB });
    expect(show(picture, 0, { ...standardThresholds, severities }).severity).toBe('SEV1');
  });
});

describe('the end of harm', () => {
  it('is not declared while a pod that should serve is silent, and is once it is being deleted', () => {
    const green = probes({ count: 60, overMs: 30_000 });
    expect(show(facts({ probes: green, directReads: silentB })).restored).toBe(false);
    const pods = [pod('a'), pod('b', { deletionAt: now - 3000 }), pod('c')];
    expect(show(facts({ probes: green, directReads: silentB }, { pods })).restored).toBe(true);
  });

  it('needs 10 s of green with enough answers', () => {
    expect(show(facts({ probes: probes({ count: 60, overMs: 8000 }) })).restored).toBe(false);
    expect(show(facts({ probes: probes({ tenants: ['t1'], count: 5, overMs: 30_000 }) })).restored).toBe(
      false,
    );
  });

  it('keeps the start of harm while it lasts, and names the zone', () => {
    const assessment = show(facts({ probes: third, directReads: silentB }), 5000);
    expect(assessment.impactStartAt).toBe(
      Math.min(...third.filter((one) => one.outcome !== 'ok').map((one) => one.startedAt)),
    );
    expect(assessment.zones).toEqual(['zone-b']);
  });
});
