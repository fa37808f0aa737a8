import type { PhaseClock as Clock, PhaseView } from '@tocsin/contract';
import { formatClock, formatOffset } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

const minuteMs = 60_000;

function elapsedOf(clock: Clock, now: number): number {
  const end = clock.stoppedAt === null ? now : Date.parse(clock.stoppedAt);
  return Math.max(0, end - Date.parse(clock.startedAt));
}

function holds(phase: PhaseView, elapsedMs: number): boolean {
  return (
    elapsedMs >= phase.fromMinutes * minuteMs &&
    (phase.toMinutes === null || elapsedMs < phase.toMinutes * minuteMs)
  );
}

function windowText({ fromMinutes, toMinutes }: PhaseView): string {
  return toMinutes === null ? `${fromMinutes}+` : `${fromMinutes}–${toMinutes}`;
}

/** The running clock and the phase whose window it stands in. */
export function ClockFace({ clock }: { readonly clock: Clock }) {
  const elapsedMs = elapsedOf(clock, useNow());
  const current = clock.phases.find((phase) => holds(phase, elapsedMs));
  return (
    <span className="clock" role="timer" aria-label="Time since detection">
      <span className="clock-time">{formatClock(elapsedMs)}</span>
      <span className="quiet small">
        {clock.stoppedAt === null ? (current?.name ?? 'since detection') : 'clock stopped'}
      </span>
    </span>
  );
}

/** The document's phases: window, where the clock stands, and when the work of each was done. */
export function PhaseStrip({ clock }: { readonly clock: Clock }) {
  const elapsedMs = elapsedOf(clock, useNow());
  return (
    <ol className="phases" aria-label="Phases of the runbook">
      {clock.phases.map((phase) => {
        const current = holds(phase, elapsedMs);
        return (
          <li
            key={phase.n}
            data-current={current}
            data-done={phase.doneAt !== null}
            {...(current ? { 'aria-current': 'step' } : {})}
          >
            <span className="phase-name">
              {phase.n}
              <span className="wide">. {phase.name}</span>
            </span>
            <span className="phase-fact">
              <span className="quiet">
                {windowText(phase)}
                <span className="wide"> min</span>
              </span>
              <PhaseState phase={phase} elapsedMs={elapsedMs} startedAt={clock.startedAt} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function PhaseState({
  phase,
  elapsedMs,
  startedAt,
}: {
  readonly phase: PhaseView;
  readonly elapsedMs: number;
  readonly startedAt: string;
}) {
  if (phase.doneAt !== null)
    return (
      <span className="ok-text">
        ✓<span className="wide"> done</span> {formatOffset(phase.doneAt, startedAt)}
      </span>
    );
  if (phase.toMinutes !== null && elapsedMs >= phase.toMinutes * minuteMs)
    return <span className="warn-text">! overdue</span>;
  return holds(phase, elapsedMs) ? <strong>now</strong> : <span className="quiet">ahead</span>;
}
