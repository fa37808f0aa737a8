import type { Draft } from '../draft.ts';
import { nextUpdate } from './next-update.ts';
import type { Update, UpdateAudience } from './update.ts';
import { updateClocks } from './update-clocks.ts';

/** Puts an update on record and has it sent; the audience's clock begins anew. */
export function publish(draft: Draft, what: Omit<Update, 'id' | 'nextDueAt' | 'tenants'>): void {
  const { incident, input } = draft;
  const { audience } = what;
  const update: Update = {
    ...what,
    id: `${incident.id}-update-${incident.revision}`,
    nextDueAt: dueAfter(draft, audience),
    tenants: audience === 'customers' ? (incident.affectedTenants ?? []) : [],
  };
  draft.add({ type: 'update-posted', update });
  draft.order({ kind: 'send-update', update, at: input.at });
}

function dueAfter({ incident, input }: Draft, audience: UpdateAudience): number | null {
  const clock = updateClocks(input.plan).find((one) => one.audience === audience);
  if (clock === undefined) return null;
  const told = { lastAt: input.at, lastStatus: null, lastBody: null, missedAt: null, missedInRow: 0 };
  return nextUpdate({ ...incident, updates: { ...incident.updates, [audience]: told } }, clock);
}
