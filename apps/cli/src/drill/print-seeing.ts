import { colors as pc } from '../colors.ts';
import type { SeeingCard } from './score-seeing.ts';

const widths = [28, 9, 9, 9, 10] as const;

function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(widths[i] ?? 0))
    .join(' ')
    .trimEnd();
}

export const seeingHead = line(['drill', 'harm', 'detected', 'paged', 'severity', 'named']);

/** One row of the table, and a line for each miss. */
export function printSeeing(card: SeeingCard): string {
  const named = card.diagnoses.map((one) => `${one.id} ${one.subject} ${one.confidence.toFixed(2)}`);
  const severity = card.severity ?? (card.notice === null ? 'silence' : 'notice');
  const cells = [
    card.drill,
    after(card.harmAfterMs),
    after(card.detectedAfterMs ?? card.notice?.afterMs ?? null),
    after(card.pagedAfterMs),
    severity,
    named.join(', ') || '-',
  ];
  const passing = card.said.filter((one) => !one.right);
  return [
    card.passed ? line(cells) : pc.red(line(cells)),
    ...card.misses.map((miss) => pc.red(`  - ${miss}`)),
    ...passing.map((one) =>
      pc.dim(
        `    for ${((one.lastAfterMs - one.firstAfterMs) / 1000).toFixed(1)} s it was said: ${one.id} ${one.subject} (${one.confidence.toFixed(2)})`,
      ),
    ),
  ].join('\n');
}

const right = (list: readonly SeeingCard[]): string =>
  `${list.filter((one) => one.passed).length} of ${list.length}`;

/** What all rows come to. */
export function printSeeingSummary(cards: readonly SeeingCard[]): string {
  const faults = cards.filter((one) => one.kind === 'fault');
  const controls = cards.filter((one) => one.kind === 'control');
  const said = cards.flatMap((one) => one.said).filter((one) => one.confidence >= 0.9);
  return [
    '',
    `faults seen rightly: ${right(faults)}; controls silent: ${right(controls)}`,
    `causes said with a confidence from 0.9: ${said.length}, right: ${said.filter((one) => one.right).length}`,
  ].join('\n');
}

const after = (ms: number | null): string => (ms === null ? '-' : `${(ms / 1000).toFixed(1)} s`);
