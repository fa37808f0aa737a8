import { nothing } from '../draft.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { stabilityHold } from '../rules/durations.ts';
import type { Decider } from './decider.ts';

/** Smoke tests have ended: all green and still restored means verified, and the stability watch starts. */
export const takeSmokeTest: Decider<'smoke-tested'> = (draft, { checks }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { incident, input } = draft;
  if (incident.status !== 'mitigated') return nothing(`the incident is ${incident.status}`);
  if (incident.smokeTestRequestedAt === null)
    return nothing('it answers a request from before the harm came back');
  draft.add({ type: 'smoke-tested', checks });
  const failed = checks.filter((check) => !check.ok);
  if (failed.length > 0) return draft.done(failed.map((check) => `${check.name}: ${check.text}`).join('; '));
  if (checks.length === 0 || incident.restoredSince === null)
    return draft.done('not verified: the service does not measure as restored now');
  const { holdMs, source } = stabilityHold(input.plan, incident.drill?.holdMs ?? null);
  const holdUntil = input.at + holdMs;
  const because = `probes, metrics and ${checks.length} smoke tests are green; watched for ${holdMs / 1000} s, ${source}`;
  draft.add({ type: 'verified', because, holdUntil });
  draft.order({ kind: 'set-timer', timer: { kind: 'hold', dueAt: holdUntil, key: 'hold' } });
  return draft.done(because);
};
