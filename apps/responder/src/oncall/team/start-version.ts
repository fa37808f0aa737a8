import type { TeamDocument } from '@tocsin/contract';
import type { TeamConfig } from './team.ts';
import type { TeamVersion } from './team-version.ts';

/** The configuration's team as a document. */
export function documentOf(start: TeamConfig): TeamDocument {
  const { people, onCall, schedules, overrides, away, readiness, approvals, external } = start;
  return {
    people: people.map(({ rules, ...one }) => ({
      ...one,
      contacts: [...one.contacts],
      ...(rules === undefined ? {} : { rules: [...rules] }),
    })),
    schedules: [...(schedules ?? [])],
    onCall: Object.fromEntries(Object.entries(onCall).map(([key, ids]) => [key, [...ids]])),
    overrides: [...(overrides ?? [])],
    away: [...(away ?? [])],
    ...(readiness === undefined ? {} : { readiness }),
    ...(approvals === undefined ? {} : { approvals }),
    ...(external === undefined ? {} : { external }),
  };
}

/** The version that is in use before any was applied. */
export function startVersion(start: TeamConfig): TeamVersion {
  return { version: 0, document: documentOf(start), changes: [], takenAt: null, takenBy: null };
}
