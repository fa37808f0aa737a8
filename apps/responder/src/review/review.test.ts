import { compileRunbook } from '@tocsin/runbook';
import { expect, test } from 'vitest';
import { foldEvents, type Actor, type EventBody, type Incident, type IncidentEvent } from '#incidents';
import { escapeMarkdown, inlineCode } from './escape-markdown.ts';
import { measureImpact } from './measure-impact.ts';
import { measureTimes } from './measure-times.ts';
import { sayDuration } from './say-time.ts';
import { suggestRunbookChanges } from './suggest-runbook-changes.ts';
import { writeReview } from './write-review.ts';

const t0 = Date.UTC(2026, 0, 31, 3, 0, 0);
const system: Actor = { kind: 'system', id: 'watcher' };
const primary: Actor = { kind: 'user', id: 'primary', name: 'Primary <b>|x' };

type Assessed = Extract<EventBody, { type: 'assessed' }>['assessment'];

function assessment(errorRatio: number): Assessed {
  const harmed = {
    tenant: 't1',
    requests: 100,
    failed: 100 * errorRatio,
    errorRatio,
    p95Ms: 80,
    judged: true,
  };
  return {
    at: t0,
    verdict: 'confirmed',
    signals: [],
    tenants: [
      { ...harmed, harm: errorRatio > 0.05 ? 'errors' : 'none' },
      { ...harmed, tenant: 't2', judged: false, harm: 'errors' },
    ],
    zones: [],
    severity: 'P0',
    reason: `t1 at ${errorRatio}`,
    confirmedBy: ['A', 'D'],
    impactStartAt: t0,
    lastHarmAt: t0,
    restored: false,
  };
}

const step: Extract<EventBody, { type: 'step-proposed' }>['step'] = {
  id: 'drain',
  actionId: 'drain',
  label: 'Drain node',
  command: 'kubectl drain node-b --timeout=60s',
  pipeline: [['kubectl', 'drain', 'node-b', '--timeout=60s']],
  effect: 'destroy',
  approvalsNeeded: 1,
  values: {},
  target: 'node/node-b',
  targetUid: 'u',
  bindingHash: 'h',
  dryRun: null,
  checks: [{ name: 'fleet-healthy', ok: true, text: 'fine' }],
  undo: 'kubectl uncordon node-b',
  blastRadius: 'node-b: 1 of 3 API pods',
};

const page = {
  id: 'p1',
  at: t0 + 6000,
  level: 'L1',
  person: 'primary',
  cause: 'opened' as const,
  note: null,
  state: 'queued' as const,
  deliveredAt: null,
  acknowledgedAt: null,
  channels: [],
};

const read = {
  id: 'ev',
  actionId: 'a',
  label: 'Check Redis',
  command: 'x',
  mode: 'equivalent' as const,
  outcome: 'ended' as const,
  reason: 'needs a terminal',
  startedAt: t0,
  endedAt: t0,
  bytes: 0,
};

/** `[seconds after the start of the harm, actor, body]` */
const story: readonly (readonly [number, Actor, EventBody])[] = [
  [
    5,
    system,
    {
      type: 'opened',
      id: 'inc',
      number: 7,
      serviceId: 'api',
      planHash: 'x',
      title: 'A node died | <script>alert(1)</script>',
      drill: null,
      assessment: assessment(0.5),
      severity: 'P0',
      severityReason: 'all tenants above 5 %',
      impactStartAt: t0,
      impactStartMethod: 'first failing probe',
      checklist: ['Service restored'],
    },
  ],
  [6, system, { type: 'page-queued', page }],
  [7, system, { type: 'evidence-requested', actionIds: ['a'], because: 'opened' }],
  [
    8,
    system,
    { type: 'evidence-collected', evidence: { ...read, startedAt: t0 + 7000, endedAt: t0 + 8000 } },
  ],
  [20, primary, { type: 'acknowledged', by: primary }],
  [30, system, { type: 'step-proposed', step, expiresAt: t0 + 930_000 }],
  [400, primary, { type: 'step-approved', stepId: 'drain', by: primary, bindingHash: 'h' }],
  [400, system, { type: 'step-ready', stepId: 'drain' }],
  [401, system, { type: 'step-started', stepId: 'drain' }],
  [
    410,
    system,
    {
      type: 'step-finished',
      stepId: 'drain',
      outcome: 'failed',
      text: 'budget said no',
      postChecks: [],
      evidenceId: null,
    },
  ],
  [425, system, { type: 'assessed', assessment: assessment(0) }],
  [430, system, { type: 'mitigated', impactEndAt: t0 + 425_000, by: 'step', because: 'green' }],
  [440, system, { type: 'verified', because: 'green', holdUntil: t0 + 1_340_000 }],
  [1340, system, { type: 'stable' }],
  [
    1400,
    primary,
    { type: 'noted', by: primary, text: '# not a heading\n| a | b |\n[x](javascript:alert(1)) `code`' },
  ],
];

const events: readonly IncidentEvent[] = story.map(([seconds, actor, body], seq) => ({
  seq,
  at: t0 + seconds * 1000,
  actor,
  because: 'test',
  body,
}));
const plan = compileRunbook('# Runbook\n');

function folded(): Incident {
  const incident = foldEvents(events);
  if (incident === null) throw new Error('the story opens an incident');
  return incident;
}

test('each time has both ends', () => {
  const spans = Object.fromEntries(measureTimes(folded(), events).map((span) => [span.name, span.tookMs]));
  expect(spans).toEqual({
    detection: 5000,
    acknowledge: 14_000,
    response: 2000,
    mitigation: 425_000,
    recovery: 440_000,
    stability: 900_000,
  });
});

test('a time without its end is not guessed', () => {
  const early = foldEvents(events.slice(0, 2));
  if (early === null) throw new Error('the story opens an incident');
  const spans = measureTimes(early, events.slice(0, 2));
  expect(spans.filter((span) => span.tookMs !== null).map((span) => span.name)).toEqual(['detection']);
});

test('tenant-minutes count by error ratio from the start of the harm; who cannot be judged is left out', () => {
  expect(measureImpact(folded(), events)).toEqual([
    { tenant: 't1', worstErrorRatio: 0.5, worstP95Ms: 80, lostMinutes: (425 / 60) * 0.5 },
  ]);
});

test('the document is asked to change where a step failed, waited, or a read could not run', () => {
  const texts = suggestRunbookChanges(folded(), events, plan, [read]).map((one) => one.text);
  expect(texts).toEqual([
    expect.stringContaining('failed (budget said no)'),
    expect.stringContaining('waited 6 min 10 s for its approval'),
    expect.stringContaining('--timeout'),
    expect.stringContaining('cannot run as written (needs a terminal)'),
  ]);
});

test('the review holds every event, and nothing that people only know', () => {
  const text = writeReview({ incident: folded(), events, plan, evidence: [] });
  for (const event of events) expect(text).toContain(`<a id="e${event.seq}"></a>${event.seq} |`);
  expect(text.match(/\*\*To fill in:\*\*/g)).toHaveLength(2);
  expect(text).toContain('3.54 tenant-minutes lost');
  expect(writeReview({ incident: folded(), events, plan, evidence: [] })).toBe(text);
});

test('text of others stays text', () => {
  const text = writeReview({ incident: folded(), events, plan, evidence: [] });
  expect(text).not.toMatch(/(?<!\\)<script/);
  expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
  const cells = text.split('\n').filter((line) => line.includes('<a id="e'));
  expect(cells.every((line) => line.replaceAll(/\\./g, '').split('|').length === 6)).toBe(true);
});

test.each([
  ['a|b', String.raw`a\|b`],
  ['<b>', String.raw`\<b\>`],
  ['a\nb', 'a b'],
  ['- item', String.raw`\- item`],
  ['1. item', String.raw`\1. item`],
])('%j is escaped', (raw, escaped) => expect(escapeMarkdown(raw)).toBe(escaped));

test('code keeps its backticks inside', () => {
  expect(inlineCode('a `b` c')).toBe('`` a `b` c ``');
  expect(inlineCode('a | b')).toBe('`a ¦ b`');
});

test.each([
  [4200, '4.2 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [null, '–'],
])('%s ms', (ms, text) => expect(sayDuration(ms)).toBe(text));
