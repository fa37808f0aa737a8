import { parseArgs } from 'node:util';
import { thresholdsOf } from '#detection';
import { conclude, findRecordings, type Judged, printReport, printSummary } from '#recordings';
import { readExpectation, readRecording, RecordingError, reportOf, scoreReplay } from '#recordings';
import { openPlan } from './open-plan.ts';

/**
 * `node replay-main.ts --runbook FILE [--json] DIR...`: what the responder would have concluded of recorded outages. Exit 0: all as
 * expected, 1: something was not, 2: a recording or the runbook cannot be used.
 */
const { values, positionals } = parseArgs({
  options: { runbook: { type: 'string' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

try {
  if (values.runbook === undefined || positionals.length === 0)
    throw new RecordingError('expected: replay-main.ts --runbook FILE [--json] DIR...');
  process.exitCode = replay(values.runbook, positionals);
} catch (error) {
  const isMistake = error instanceof RecordingError;
  process.stderr.write(`${isMistake ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 2;
}

function replay(runbook: string, paths: readonly string[]): number {
  const plan = openPlan(runbook);
  const thresholds = thresholdsOf(plan);
  const hold = plan.stabilityMinutes === null ? {} : { holdMs: plan.stabilityMinutes * 60_000 };
  const judged: Judged[] = [];
  for (const files of paths.flatMap(findRecordings)) {
    const recording = readRecording(files);
    const report = reportOf(recording, conclude(recording, thresholds, { ...hold, plan }));
    const expectation = readExpectation(files);
    const score = expectation === null ? null : scoreReplay(report, expectation);
    judged.push({ report, score });
    print(values.json ? JSON.stringify({ ...report, ...score }) : printReport({ report, score }));
  }
  if (!values.json && judged.length > 1) print(`\n${printSummary(judged)}`);
  return judged.every(({ score }) => score?.passed ?? true) ? 0 : 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
