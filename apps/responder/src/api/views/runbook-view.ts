import type { RunbookChange, RunbookText, RunbookVersionView, RunbookView } from '@tocsin/contract';
import type { RunbookState, RunbookVersion, VersionSummary } from '#runbook';
import { iso, isoOrNull } from './iso.ts';
import { actorView } from './names.ts';

export function runbookView({ inUse, standing, unreadable, policy }: RunbookState): RunbookView {
  const beside = (status: 'offered' | 'refused'): RunbookText | null =>
    standing?.status === status ? runbookText(standing) : null;
  return {
    adopt: policy,
    inUse: runbookText(inUse),
    offered: beside('offered'),
    refused: beside('refused'),
    unreadable,
  };
}

export function runbookVersionView(version: VersionSummary): RunbookVersionView {
  return {
    hash: version.hash,
    name: version.name,
    file: version.file,
    status: version.status,
    because: version.because,
    comparedWith: version.comparedWith,
    changes: version.changes.map(({ kind, text, weight }) => ({ kind, text, weight })).toSorted(weakerFirst),
    seenAt: iso(version.seenAt),
    takenAt: isoOrNull(version.takenAt),
    takenBy: version.takenBy && actorView(version.takenBy),
  };
}

function runbookText(version: RunbookVersion): RunbookText {
  const { plan, markdown } = version.document;
  return {
    ...runbookVersionView(version),
    problems: plan.problems.map(({ code, level, message, line, column, suggestion = null }) => ({
      code,
      level,
      message,
      line,
      column,
      suggestion,
    })),
    markdown,
  };
}

const order: Record<RunbookChange['weight'], number> = { weaker: 0, neutral: 1, safer: 2 };

function weakerFirst(a: RunbookChange, b: RunbookChange): number {
  return order[a.weight] - order[b.weight];
}
