import type { Incident } from '../incident.ts';
import type { ToldAudience, UpdateAudience } from '../updates/update.ts';
import type { Fold } from './fold.ts';

type UpdateEvents = 'update-due' | 'update-reminded' | 'update-missed' | 'update-posted';

const notTold: ToldAudience = {
  lastAt: null,
  lastStatus: null,
  lastBody: null,
  missedAt: null,
  missedInRow: 0,
};

export const updateFolds: { readonly [Type in UpdateEvents]: Fold<Type> } = {
  'update-due': () => ({}),
  'update-reminded': () => ({}),
  'update-missed': (incident, { audience, dueAt }) =>
    told(incident, audience, (before) => ({
      ...before,
      missedAt: dueAt,
      missedInRow: before.missedInRow + 1,
    })),
  'update-posted': (incident, { update: { audience, status, body, by } }, { at }) => ({
    ...told(incident, audience, () => ({
      lastAt: at,
      lastStatus: status,
      lastBody: body,
      missedAt: null,
      missedInRow: 0,
    })),
    respondedAt: incident.respondedAt ?? (by.kind === 'system' ? null : at),
  }),
};

function told(
  { updates }: Incident,
  audience: UpdateAudience,
  change: (before: ToldAudience) => ToldAudience,
): Partial<Incident> {
  return { updates: { ...updates, [audience]: change(updates?.[audience] ?? notTold) } };
}
