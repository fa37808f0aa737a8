import { colors as pc } from '../colors.ts';
import type { ScoreCard } from './score.ts';

/** The score card for a terminal. */
export function printScore(card: ScoreCard): string {
  const rows: [string, string][] = [
    [
      'severity',
      `${card.severity ?? 'none'} (expected ${card.expected.severity}), tenants ${card.tenants.join(' ') || 'none'}`,
    ],
    [
      'diagnosis',
      card.diagnosis === null ? 'none' : `${card.diagnosis} ${card.subject} ${card.confidence?.toFixed(2)}`,
    ],
    ['detected', after(card.detectedAfterMs)],
    [
      'paged',
      `${after(card.pagedAfterMs)}  (${card.pages} pages, ${card.lostPages} lost, ${card.duplicatePages} twice)`,
    ],
    ['evidence', after(card.evidenceAfterMs)],
    [
      'mitigated',
      `${after(card.mitigatedAfterMs)}  ${card.mitigatedBy === null ? 'by nobody' : `by the ${card.mitigatedBy}`}`,
    ],
    [
      'steps',
      card.stepsRun.map((one) => `${one.actionId} ${one.status}`).join(', ') || (card.noStep ?? 'none'),
    ],
    ['recovered', after(card.recoveredAfterMs)],
    ['incidents', String(card.incidents)],
  ];
  return [
    '',
    `${card.passed ? pc.green('passed') : pc.red('missed')}  ${pc.bold(card.drill)}`,
    ...rows.map(([name, text]) => `  ${name.padEnd(10)} ${text}`),
    ...card.misses.map((miss) => pc.red(`  - ${miss}`)),
  ].join('\n');
}

const after = (ms: number | null): string => (ms === null ? 'never' : `${(ms / 1000).toFixed(1)} s`);
