import type { KillPoint } from './killable-database.ts';
import type { Matrix, Death } from './run-matrix.ts';

/** Deaths by what was being done and written, a line for each phase of a life; then the sums, and the points at which nobody died. */
export function countDeaths({ points, deaths }: Matrix): string {
  const died = deaths.filter((one) => one.died);
  const phases = Map.groupBy(points, phaseOf);
  const unhit = neverHit({ points, deaths });
  const early = deaths.length - died.length;
  return [
    ...[...phases].map(([phase, own]) => phaseLine(phase, own, died)),
    `${unhit.length === 0 ? 'every point was hit' : `nobody died ${unhit.join(', ')}`}; ${early} lives ended before they came to their point`,
    `${died.length} deaths at ${points.length - unhit.length} of ${points.length} kill points: ${sums(died)}`,
  ].join('\n');
}

/** Kill points without a death. */
export function neverHit({ points, deaths }: Matrix): readonly KillPoint[] {
  const hit = new Set(deaths.filter((one) => one.died).map((one) => one.point));
  return points.filter((point) => !hit.has(point));
}

function phaseLine(phase: string, points: readonly KillPoint[], died: readonly Death[]): string {
  const here = died.filter((one) => phaseOf(one.point) === phase);
  const byWrite = [...Map.groupBy(points, writeOf)].map(
    ([write, own]) => `${write} ${here.filter((one) => own.includes(one.point)).length}`,
  );
  return `${phase}: ${here.length} deaths, ${sums(here)} (${byWrite.join(', ')})`;
}

function sums(deaths: readonly Death[]): string {
  const sum = (of: 'pages' | 'repeats' | 'lost'): number => deaths.reduce((total, one) => total + one[of], 0);
  return `${sum('pages')} pages, ${sum('repeats')} marked repeats, ${sum('lost')} lost`;
}

/** `before opening/log#2` is of the phase `opening`, and of the write `before log`. */
export function phaseOf(point: KillPoint): string {
  return /^(?:before|after) (.*)\//.exec(point)?.[1] ?? point.replace(/ \w+#\d+$/, '');
}

function writeOf(point: KillPoint): string {
  return point.replace(/#\d+$/, '').replace(/^(before|after) .*\//, '$1 ');
}
