import { compileRunbook } from '@tocsin/runbook';
import { describe, expect, it } from 'vitest';
import { phaseClock } from './phase-clock.ts';

const minute = 60_000;
const detectedAt = Date.UTC(2026, 0, 5, 3);
const plan = compileRunbook(`# R
## Outage Response Process
### Phase 1: Acknowledgment (0-5 minutes)
### Phase 2: Assessment (5-15 minutes)
### Phase 3: Isolation (15-30 minutes)
### Phase 4: Mitigation (30-60 minutes)
### Phase 5: Recovery (60+ minutes)
`);
const incident = {
  detectedAt,
  acknowledgedAt: null,
  evidenceCompleteAt: detectedAt + 9400,
  diagnosedAt: detectedAt + 8000,
  mitigatedAt: null,
  stableAt: null,
  resolvedAt: null,
};

describe('phase clock', () => {
  it.each([
    [0, 1],
    [5 * minute - 1, 1],
    [5 * minute, 2],
    [30 * minute, 4],
    [600 * minute, 5],
  ])('%i ms after detection stands in phase %i', (elapsed, phase) => {
    const clock = phaseClock(incident, plan, detectedAt + elapsed);
    expect(clock).toMatchObject({ current: phase, elapsedMs: elapsed, stoppedAt: null });
  });

  it('says when the work of a phase was done, whatever the window says', () => {
    const { phases } = phaseClock(incident, plan, detectedAt + 20_000);
    expect(phases.map((phase) => phase.doneAt)).toEqual([
      null,
      new Date(detectedAt + 9400).toISOString(),
      new Date(detectedAt + 8000).toISOString(),
      null,
      null,
    ]);
  });

  it('stops when the incident is stable', () => {
    const stable = { ...incident, stableAt: detectedAt + 20 * minute };
    const clock = phaseClock(stable, plan, detectedAt + 90 * minute);
    expect(clock).toMatchObject({ elapsedMs: 20 * minute, current: 3 });
  });
});
