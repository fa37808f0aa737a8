import type { UpdateDraftView, UpdatePreviewView, UpdatesView } from '@tocsin/contract';
import type { Plan } from '@tocsin/runbook';
import type { ToldUpdate, UpdateDraft, UpdatePreview } from '#comms';
import { type Incident, type Leak, nextUpdate, sayLeak, updateClocks, whyClockRests } from '#incidents';
import { iso, isoOrNull } from './iso.ts';
import { actorView } from './names.ts';

const minuteMs = 60_000;

/** Who has been told what, and who waits. */
export function updatesView(incident: Incident, plan: Plan, told: readonly ToldUpdate[]): UpdatesView {
  return {
    clocks: updateClocks(plan).map((clock) => {
      const last = incident.updates?.[clock.audience];
      return {
        audience: clock.audience,
        everyMinutes: clock.everyMs === null ? null : clock.everyMs / minuteMs,
        lastAt: isoOrNull(last?.lastAt ?? null),
        lastStatus: last?.lastStatus ?? null,
        dueAt: isoOrNull(nextUpdate(incident, clock)),
        rests: whyClockRests(incident, clock),
        missedAt: isoOrNull(last?.missedAt ?? null),
      };
    }),
    updates: told.map(({ by, at, nextDueAt, insisted, deliveries, ...one }) => ({
      ...one,
      by: actorView(by),
      at: iso(at),
      nextDueAt: isoOrNull(nextDueAt),
      insisted:
        insisted === undefined ? null : { reason: insisted.reason, found: insisted.found.map(sayLeak) },
      deliveries: deliveries.map((delivery) => ({ ...delivery, sentAt: isoOrNull(delivery.sentAt) })),
    })),
  };
}

/** A draft, or why none is proposed. */
export function updatePreviewView(
  { subject, targets, previews }: UpdatePreview,
  leaks: readonly Leak[],
): UpdatePreviewView {
  return { subject, targets: targetViews(targets), previews: [...previews], leaks: leaks.map(sayLeak) };
}

function targetViews(targets: UpdatePreview['targets']): UpdatePreviewView['targets'] {
  return targets.map(({ not, ...one }) => ({ ...one, not: not?.why ?? null }));
}

export function updateDraftView(draft: UpdateDraft, withheld: string | null): UpdateDraftView {
  const { languages, targets, previews, ...text } = draft;
  return {
    ...text,
    ...(withheld === null ? {} : { body: '' }),
    withheld,
    languages: [...languages],
    targets: targetViews(targets),
    previews: withheld === null ? [...previews] : [],
  };
}
