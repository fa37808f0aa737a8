import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryEngine, Refused } from '../../../test/engine.ts';
import { cordon, drain, evidence, nodeFailure, outage, restored } from '../../../test/outage-facts.ts';
import { everyLevel, people, system, teamOf, user } from '../../../test/people.ts';
import { plan } from '../../../test/runbook.ts';
import type { Actor } from './actor.ts';
import { foldEvents } from './evolve.ts';
import type { Incident } from './incident.ts';
import type { InputBody } from './input.ts';
import { severityRank } from './rules/severity-rank.ts';

const start = 1_800_000_000_000;
type Act = (incident: Incident | null, at: number) => { readonly body: InputBody; readonly actor: Actor };

const opening = { serviceId: 's', drill: null, newId: 'inc_1', newNumber: 1 };
const bySystem =
  (body: InputBody): Act =>
  () => ({ body, actor: system });
const stepIds = fc.constantFrom('cordon', 'drain', 'nothing');
const persons = fc.constantFrom(...people.map((one) => one.id)).map(user);
const severities = fc.constantFrom('P0', 'P1', 'P2');

/** Anything that may come in, sensible at that moment or not. */
const act: fc.Arbitrary<Act> = fc.oneof(
  severities.map((severity): Act => (_i, at) => ({
    body: { kind: 'assess', assessment: outage(at, { severity }), ...opening },
    actor: system,
  })),
  fc.constant<Act>((_i, at) => ({
    body: { kind: 'assess', assessment: outage(at, { severity: null, blind: true }), ...opening },
    actor: system,
  })),
  fc.constant<Act>((_i, at) => ({
    body: { kind: 'assess', assessment: restored(at, at - 2000), ...opening },
    actor: system,
  })),
  fc
    .double({ min: 0, max: 1, noNaN: true })
    .map((sure) => bySystem({ kind: 'diagnose', diagnoses: [nodeFailure(sure)] })),
  fc.constant(bySystem({ kind: 'steps-prepared', steps: [cordon, drain] })),
  fc.tuple(persons, stepIds).map(([actor, stepId]): Act => () => ({
    body: { kind: 'approve', stepId, bindingHash: `hash-of-${stepId}` },
    actor,
  })),
  fc.tuple(persons, stepIds).map(([actor, stepId]): Act => () => ({
    body: { kind: 'deny', stepId, reason: 'no' },
    actor,
  })),
  stepIds.map((stepId) => bySystem({ kind: 'step-started', stepId })),
  fc
    .tuple(stepIds, fc.constantFrom('succeeded', 'failed', 'unknown', 'blocked'))
    .map(([stepId, outcome]) =>
      bySystem({ kind: 'step-finished', stepId, outcome, text: outcome, postChecks: [], evidenceId: null }),
    ),
  fc.boolean().map((ok) => bySystem({ kind: 'smoke-tested', checks: [{ name: 'health', ok, text: '' }] })),
  fc.tuple(persons, fc.boolean()).map(([actor, on]): Act => () => ({
    body: { kind: 'hands-off', on, reason: '' },
    actor,
  })),
  fc.tuple(persons, severities).map(([actor, severity]): Act => () => ({
    body: { kind: 'set-severity', severity, reason: 'so' },
    actor,
  })),
  persons.map((actor): Act => () => ({ body: { kind: 'acknowledge' }, actor })),
  fc
    .tuple(
      fc.nat(5),
      fc.constantFrom('primary', 'secondary', 'management'),
      fc.constantFrom('sent', 'later', 'never'),
    )
    .map(([n, person, how]): Act => () => {
      const told = { pageId: `inc_1-page-${n}`, channel: `email:${person}@example.org`, detail: '' };
      const body: InputBody =
        how === 'sent'
          ? { kind: 'page-delivered', ...told }
          : { kind: 'page-failed', ...told, final: how === 'never' };
      return { body, actor: system };
    }),
  fc.constantFrom('check-redis', 'node-state').map((id): Act => (_i, at) => ({
    body: { kind: 'evidence', evidence: evidence(id, at) },
    actor: system,
  })),
  persons.map((actor): Act => (incident) => {
    const lines = incident?.checklist.map((line) => [line.text, 'waived']) ?? [];
    return {
      body: { kind: 'resolve', note: null, waivers: Object.fromEntries(lines) as Record<string, string> },
      actor,
    };
  }),
);

const history = fc.array(fc.tuple(act, fc.constantFrom(0, 500, 6000, 61_000, 400_000, 1_900_000)), {
  maxLength: 60,
});

async function play(acts: readonly (readonly [Act, number])[]): Promise<void> {
  const engine = memoryEngine(plan, teamOf(everyLevel));
  let at = start;
  for (const [one, waitMs] of acts) {
    at += waitMs;
    for (let due = await engine.nextTimer(at); due !== null; due = await engine.nextTimer(at))
      await engine.take(at, { kind: 'timer', timer: due }, system);
    const before = await engine.incident();
    const { body, actor } = one(before, at);
    await engine.take(at, body, actor).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
    await holds(engine);
    changesNothingUnseen(before, await engine.incident());
  }
}

test('any history: the log folds to the incident, no step runs twice, every page is accounted for and waits for somebody', async () => {
  const checked = fc.assert(fc.asyncProperty(history, play), { numRuns: 300 });
  await expect(checked).resolves.toBeUndefined();
});

function isOff(one: Incident): boolean {
  const closed = one.status === 'resolved' || one.status === 'stable';
  return closed || one.handsOff || one.assessment.blind === true;
}

function moves({ steps }: Incident): number {
  return steps.flatMap((step) => [step.readyAt, step.startedAt]).filter((at) => at !== null).length;
}

/** Blind, closed or hands off, no step gets its turn or starts. */
function changesNothingUnseen(before: Incident | null, now: Incident | null): void {
  if (before === null || now === null || !isOff(before) || !isOff(now)) return;
  expect(moves(now)).toBe(moves(before));
}

async function holds(engine: ReturnType<typeof memoryEngine>): Promise<void> {
  const incident = await engine.incident();
  if (incident === null) return;
  const events = await engine.events();
  // fold(events) === the stored row, also after a round trip through JSON.
  const roundTrip = JSON.parse(JSON.stringify(events)) as typeof events;
  expect(foldEvents(roundTrip)).toEqual(incident);

  const runs = engine.commands.flatMap((one) => (one.kind === 'run-step' ? [one.stepId] : []));
  expect(new Set(runs).size).toBe(runs.length);
  const started = events.flatMap((one) => (one.body.type === 'step-started' ? [one.body.stepId] : []));
  expect(new Set(started).size).toBe(started.length);
  expect(
    incident.steps.filter((step) => step.readyAt !== null && step.endedAt === null).length,
  ).toBeLessThanOrEqual(1);

  const ordered = engine.commands.flatMap((one) => (one.kind === 'page' ? [one.page.id] : []));
  expect(ordered).toEqual(incident.pages.map((page) => page.id));

  const newest = incident.pages.at(-1);
  if (incident.status === 'open' && newest !== undefined && newest.acknowledgedAt === null)
    expect(engine.timers.filter((one) => one.kind === 'acknowledgment').map((one) => one.key)).toContain(
      newest.id,
    );

  const floor = incident.severityFloor ?? incident.severity;
  expect(severityRank(plan, incident.severity)).toBeLessThanOrEqual(severityRank(plan, floor));
  expect(severityRank(plan, incident.worstSeverity)).toBeLessThanOrEqual(
    severityRank(plan, incident.severity),
  );
  for (const step of incident.steps.filter((one) => one.startedAt !== null))
    expect(new Set(step.approvals.map((one) => one.by.id)).size).toBeGreaterThanOrEqual(step.approvalsNeeded);
}
