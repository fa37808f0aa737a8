import type { EvidenceSummary } from '#incidents';
import type { RunResult } from '../pipeline/run-pipeline.ts';

/** What one read gave, before it is frozen. */
export interface ReadResult {
  readonly mode: EvidenceSummary['mode'];
  readonly outcome: EvidenceSummary['outcome'];
  readonly reason: string | null;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** All bytes of the standard output, kept or not. */
  readonly bytes: number;
  readonly droppedBytes: number;
}

/** A read that was not run, with the reason. */
export function notRun(reason: string): ReadResult {
  return { ...answer('', 'equivalent'), mode: 'as-written', outcome: 'not-run', reason };
}

/** A whole answer in one text. */
export function answer(
  stdout: string,
  mode: EvidenceSummary['mode'],
  reason: string | null = null,
): ReadResult {
  const bytes = Buffer.byteLength(stdout);
  return { mode, outcome: 'ended', reason, exitCode: null, stdout, stderr: '', bytes, droppedBytes: 0 };
}

/** What has to be known of a pipeline to judge its end. */
export interface RunFacts {
  readonly lastCommand: string;
  readonly filtered: boolean;
  /** `--watch`: its limit is its end. */
  readonly watches: boolean;
}

/** What the end of a pipeline means: grep's exit 1 is "no match", `head` may end the pipe, a limit is a finding. */
export function judgeRun(result: RunResult, run: RunFacts): ReadResult {
  const { stdout, stderr, bytes, droppedBytes, exitCode } = result;
  return { mode: 'as-written', exitCode, stdout, stderr, bytes, droppedBytes, ...judgeEnd(result, run) };
}

function judgeEnd(result: RunResult, run: RunFacts): Pick<ReadResult, 'outcome' | 'reason'> {
  const { end, limitMs } = result;
  switch (end.kind) {
    case 'exited':
      return judgeExit(result, end, run);
    case 'pipe-closed':
      return { outcome: 'ended', reason: null };
    case 'timed-out':
      return run.watches
        ? { outcome: 'ended', reason: `watched for ${seconds(limitMs)}, as long as its limit` }
        : { outcome: 'cut-off', reason: `no end within ${seconds(limitMs)}` };
    case 'cancelled':
      return { outcome: 'cut-off', reason: 'cancelled' };
    case 'cannot-start':
      return { outcome: 'failed', reason: end.message };
    default:
      return end satisfies never;
  }
}

function judgeExit(
  { exitCode, stderr }: RunResult,
  end: Extract<RunResult['end'], { kind: 'exited' }>,
  run: RunFacts,
): Pick<ReadResult, 'outcome' | 'reason'> {
  if (end.exitCode !== 0)
    return { outcome: 'failed', reason: `exit code ${end.exitCode ?? end.signal}: ${firstLine(stderr)}` };
  const noMatch = run.filtered && run.lastCommand === 'grep' && exitCode === 1;
  return { outcome: 'ended', reason: noMatch ? 'no line matches' : null };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 300) ?? '';
}

/** `8 s`, `4.3 s`. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
