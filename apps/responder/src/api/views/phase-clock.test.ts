import { describe, expect, it } from 'vitest';
import { fixtureIncident } from '../fixtures/fixture-incident.ts';
import { fixturePlan } from '../fixtures/fixture-plan.ts';
import { phaseClock } from './phase-clock.ts';

const minute = 60_000;
const detectedAt = Date.UTC(2026, 0, 5, 3);

describe('phase clock', () => {
  it.each([
    [0, 1],
    [5 * minute - 1, 1],
    [5 * minute, 2],
    [30 * minute, 4],
    [600 * minute, 5],
  ])('%i ms after detection stands in phase %i', (elapsed, phase) => {
    const clock = phaseClock(fixtureIncident(detectedAt), fixturePlan, detectedAt + elapsed);
    expect(clock).toMatchObject({ current: phase, elapsedMs: elapsed, stoppedAt: null });
  });

  it('says when the work of a phase was done, whatever the window says', () => {
    const { phases } = phaseClock(fixtureIncident(detectedAt), fixturePlan, detectedAt + 20_000);
    expect(phases.map((phase) => phase.doneAt)).toEqual([
      null,
      new Date(detectedAt + 9400).toISOString(),
      new Date(detectedAt + 8000).toISOString(),
      null,
      null,
    ]);
  });

  it('stops when the incident is stable', () => {
    const incident = fixtureIncident(detectedAt, { stableAt: detectedAt + 20 * minute });
    const clock = phaseClock(incident, fixturePlan, detectedAt + 90 * minute);
    expect(clock).toMatchObject({ elapsedMs: 20 * minute, current: 3 });
  });
});
