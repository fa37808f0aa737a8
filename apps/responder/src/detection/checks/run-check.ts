import type { CheckOutcome, DependencyCheck } from '#facts';
import { outcomeOfError } from '../probe/outcome-of-error.ts';
import type { Answer, Check, Stage } from './check.ts';

export interface CheckRun extends Pick<DependencyCheck, 'kind' | 'subject' | 'at'> {
  readonly timeoutMs: number;
  /** Aborts when nobody wants the answer any more. */
  readonly stopping: AbortSignal;
}

/** A timer that comes this late says that this process was held up: who it waited for may have answered. */
const heldUpMs = 500;

function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ');
  const { message } = error as Error;
  return message === '' ? ((error as { code?: string }).code ?? 'no reason given') : message;
}

function failure(outcome: CheckOutcome, detail: string): Answer {
  return { outcome, detail, values: {} };
}

function unanswered(timeoutMs: number, stage: Stage | null, firstByteMs: number | null): Answer {
  const detail = `no answer within ${timeoutMs} ms${stage === null ? '' : `; ${stage}`}`;
  return { outcome: 'timeout', detail, values: firstByteMs === null ? {} : { firstByteMs } };
}

/** Asks once, within the time limit, and never rejects; null when it was stopped, or this process held up, meanwhile. */
export async function runCheck(check: Check, run: CheckRun): Promise<DependencyCheck | null> {
  const { kind, subject, at, timeoutMs, stopping } = run;
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([limit, stopping]);
  const startedAt = performance.now();
  let stage: Stage | null = null;
  let firstByteMs: number | null = null;
  const elapsedMs = (): number => Math.round((performance.now() - startedAt) * 10) / 10;
  const reached = (next: Stage): void => {
    stage = next;
    if (next === 'answering') firstByteMs ??= elapsedMs();
  };
  const silence = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => silence.reject(signal.reason as Error), { once: true });
  const asked = check.ask({ signal, reached });
  const answer = await Promise.race([asked, silence.promise]).catch((error: unknown) =>
    signal.aborted
      ? unanswered(timeoutMs, stage, firstByteMs)
      : failure(outcomeOfError(error), wordsOf(error)),
  );
  const durationMs = elapsedMs();
  const isHeldUp = answer.outcome === 'timeout' && durationMs > timeoutMs + heldUpMs;
  return stopping.aborted || isHeldUp ? null : { at, kind, subject, durationMs, ...answer };
}
