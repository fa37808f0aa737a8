import { type CalibrationRow, calibrate } from './calibration.ts';
import type { ReplayReport, ReportedCause } from './replay-report.ts';
import type { ReplayScore } from './score-replay.ts';

/** A report with its score; null where the recording does not say what was expected. */
export interface Judged {
  readonly report: ReplayReport;
  readonly score: ReplayScore | null;
}

/** One recording for a terminal. */
export function printReport({ report, score }: Judged): string {
  return [
    `${mark(score)}  ${report.recording} (${report.kind})`,
    ...report.incidents.flatMap((one) => [
      `  ${one.severity ?? 'blind'} ${seconds(one.detectedAfterInjectionMs)} after the injection${afterHarm(one.detectedAfterMs)}: ${one.severityReason}`,
      `    tenants ${one.tenants.join(' ') || 'none'}; ${one.restoredAfterInjectionMs === null ? 'not restored' : `restored at ${seconds(one.restoredAfterInjectionMs)}`}`,
      ...causes(one.diagnoses, ''),
      ...causes(one.dropped, ', given up soon'),
    ]),
    ...report.notices.flatMap((one) => [
      `  notice ${seconds(one.afterInjectionMs)} after the injection: ${one.reason}`,
      ...causes(one.diagnoses, ''),
      ...causes(one.dropped, ', given up soon'),
    ]),
    ...(report.incidents.length + report.notices.length === 0 ? ['  silence'] : []),
    ...(score?.misses ?? []).map((miss) => `  - ${miss}`),
  ].join('\n');
}

function causes(list: readonly ReportedCause[], note: string): readonly string[] {
  return list.map(
    (one) =>
      `    ${one.id} ${one.subject}, ${one.confidence.toFixed(2)}${note} (${seconds(one.saidAfterInjectionMs)}): ${one.for[0] ?? ''}`,
  );
}

const afterHarm = (ms: number | null): string =>
  ms === null ? '' : `, ${seconds(ms)} after the first harmful sample`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const mark = (score: ReplayScore | null): string =>
  score === null ? 'unjudged' : score.passed ? 'right' : 'WRONG';

/** All recordings as a table, and how the confidence held. */
export function printSummary(judged: readonly Judged[]): string {
  const rows = judged.map(rowOf);
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const scored = judged.flatMap(({ score }) => score ?? []);
  const right = scored.filter((one) => one.passed).length;
  return [
    line(heads),
    ...rows.map(line),
    '',
    `${right} of ${scored.length} right`,
    ...calibrate(scored.flatMap((one) => one.claims)).map(calibrationLine),
  ].join('\n');
}

const heads = ['recording', 'detected', 'severity', 'diagnosis', ''];

function rowOf({ report, score }: Judged): readonly string[] {
  const { severity, atMs, named } = gist(report);
  const words = named.map((one) => `${one.id} ${one.subject} ${one.confidence.toFixed(2)}`);
  return [
    report.recording,
    atMs === null ? '-' : seconds(atMs),
    severity,
    words.join(', ') || '-',
    mark(score),
  ];
}

/** What a row says: of the incident, else of the first notice that names a cause. */
function gist({ incidents, notices }: ReplayReport): {
  readonly severity: string;
  readonly atMs: number | null;
  readonly named: readonly ReportedCause[];
} {
  const [incident] = incidents;
  if (incident !== undefined)
    return {
      severity: incident.severity ?? 'blind',
      atMs: incident.detectedAfterInjectionMs,
      named: incident.diagnoses,
    };
  const notice = notices.find((one) => one.diagnoses.length > 0) ?? notices[0];
  if (notice === undefined) return { severity: 'silence', atMs: null, named: [] };
  return { severity: 'notice', atMs: notice.afterInjectionMs, named: notice.diagnoses };
}

function calibrationLine({ from, said, right }: CalibrationRow, i: number): string {
  const range = i === 0 ? `from ${from}` : `from ${from} to below ${(from + 0.1).toFixed(1)}`;
  return `causes said with a confidence ${range}: ${said}, right: ${right}`;
}
