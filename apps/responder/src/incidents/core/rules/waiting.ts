import type { EpochMs } from '#facts';
import type { Incident, Page } from '../incident.ts';

/** Whether somebody's answer is waited for: nobody has taken the incident yet, or people were called again since. */
export function waitsForAnswer({
  status,
  acknowledgedAt,
  pages,
}: Pick<Incident, 'status' | 'acknowledgedAt' | 'pages'>): boolean {
  return status !== 'resolved' && (acknowledgedAt === null || pages.some(isUnanswered));
}

export function isUnanswered({ acknowledgedAt }: Pick<Page, 'acknowledgedAt'>): boolean {
  return acknowledgedAt === null;
}

/** The newest answer, by whom and when; null before the first. */
export function newestAnswer({
  acknowledgedAt,
  acknowledgedBy,
  answeredAt,
}: Pick<Incident, 'acknowledgedAt' | 'acknowledgedBy' | 'answeredAt'>): {
  readonly by: string;
  readonly at: EpochMs;
} | null {
  const at = answeredAt ?? acknowledgedAt;
  return acknowledgedBy === null || at === null ? null : { by: acknowledgedBy, at };
}
