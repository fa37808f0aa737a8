import type { TeamVersionView, TeamView } from '@tocsin/contract';
import type { TeamVersion } from '#oncall';
import { iso } from './iso.ts';
import { actorView } from './names.ts';

/** The team in use as the document that `apply` takes. */
export function teamView(version: TeamVersion): TeamView {
  return { ...teamVersionView(version), team: version.document };
}

/** Who applied a version, and what it changed. */
export function teamVersionView(one: Omit<TeamVersion, 'document'>): TeamVersionView {
  return {
    version: one.version,
    changes: [...one.changes],
    takenAt: one.takenAt === null ? null : iso(one.takenAt),
    takenBy: one.takenBy === null ? null : actorView(one.takenBy),
  };
}
