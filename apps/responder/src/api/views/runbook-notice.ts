import type { RunbookNotice } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { RunbookState, RunbookVersion } from '#runbook';

/** How long a version that came into use by itself is news. */
const newsMs = 15 * 60_000;

/** What everybody should know about the runbook at `now`; null when there is nothing. Pure. */
export function runbookNotice(state: RunbookState, now: EpochMs): RunbookNotice | null {
  const { inUse, standing, unreadable } = state;
  const stays = `Version ${short(inUse)} stays in use.`;
  if (unreadable !== null) return { kind: 'unreadable', text: `${unreadable}. ${stays}` };
  if (standing?.status === 'refused')
    return { kind: 'refused', text: `The edited runbook was refused: ${standing.because}. ${stays}` };
  if (standing?.status === 'offered')
    return { kind: 'offered', text: `The edited runbook waits for a yes: ${standing.because}. ${stays}` };
  return isNews(inUse, now)
    ? { kind: 'taken', text: `The edited runbook is in use now: ${inUse.because}.` }
    : null;
}

function isNews({ takenAt, takenBy, changes }: RunbookVersion, now: EpochMs): boolean {
  return takenBy?.kind === 'system' && changes.length > 0 && takenAt !== null && now - takenAt < newsMs;
}

function short({ hash }: RunbookVersion): string {
  return hash.slice(0, 8);
}
