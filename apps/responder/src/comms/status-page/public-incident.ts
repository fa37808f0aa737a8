import {
  type ComponentConfig,
  componentStates,
  type PageIncident,
  type PageUpdate,
  type PublicStatus,
  publicStatuses,
} from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { Incident } from '#incidents';
import { type Assessment, type StandingIncident, worstStates } from './component-state.ts';

/** What of an incident bears on the status page. */
export interface IncidentFacts {
  readonly id: string;
  readonly number: number;
  readonly status: Incident['status'];
  readonly isDrill: boolean;
  readonly isMerged: boolean;
  readonly impactStartAt: EpochMs;
  readonly impactEndAt: EpochMs | null;
  /** A person's word on when clients were harmed. */
  readonly correction: { readonly startAt: EpochMs; readonly endAt: EpochMs | null } | null;
  /** When it was closed or held stable; null while it goes on. */
  readonly endedAt: EpochMs | null;
  /** It held stable by our own measurements. */
  readonly isEndMeasured: boolean;
  readonly assessment: Assessment;
  /** All that were ever made of it, oldest first. */
  readonly assessments: readonly Assessment[];
  /** Newest first. */
  readonly updates: readonly PublicUpdate[];
  readonly affectedTenants: readonly string[];
  /** Updates for the audience `customers`, with the tenant that each was for; newest first. */
  readonly letters: readonly (PublicUpdate & { readonly tenant: string })[];
}

/** A row of `updates` for the audience `status-page`. */
export interface PublicUpdate {
  readonly id: string;
  readonly status: string;
  readonly body: string;
  readonly at: EpochMs;
  readonly nextDueAt: EpochMs | null;
}

export interface Listing extends StandingIncident {
  /** Null: the public is not shown it. */
  readonly page: PageIncident | null;
}

/**
 * How the public sees an incident. It is listed once somebody has told the public of it, or a component was measured as hit; one about
 * integrity or security only once somebody has told the public, a drill only where drills are shown.
 */
export function publicIncident(
  facts: IncidentFacts,
  components: readonly Pick<ComponentConfig, 'id' | 'covers'>[],
  showDrills: boolean,
): Listing {
  const isSecret = facts.assessments.some(({ restricted }) => restricted !== undefined);
  const mayShow = !facts.isDrill || showDrills;
  const isMeasured = mayShow && !isSecret;
  // A drill is shown, and says nothing of how the service stands.
  const colours = isMeasured && !facts.isDrill;
  const worst = isMeasured ? worstStates(components, facts.assessments) : new Map<string, never>();
  const isListed = mayShow && (facts.updates.length > 0 || (worst.size > 0 && !facts.isMerged));
  const status = colours ? facts.status : 'resolved';
  return {
    status,
    assessment: facts.assessment,
    worst,
    page: isListed ? pageIncident(facts, worst) : null,
  };
}

function pageIncident(facts: IncidentFacts, worst: StandingIncident['worst']): PageIncident {
  const status = publicStatus(facts);
  return {
    id: facts.id,
    number: facts.number,
    drill: facts.isDrill,
    status,
    worst: componentStates.findLast((state) => [...worst.values()].includes(state)) ?? null,
    componentIds: [...worst.keys()],
    ...publicTimes(facts, status),
    endMeasured: facts.isEndMeasured,
    updates: facts.updates.map(pageUpdate),
  };
}

/** It has ended when it was measured to have, or when the public was told so. */
function publicTimes(
  { correction, impactStartAt, endedAt, updates: [newest] }: IncidentFacts,
  status: PublicStatus,
): Pick<PageIncident, 'startedAt' | 'resolvedAt' | 'nextUpdateAt'> {
  const isOver = status === 'resolved';
  return {
    startedAt: iso(correction?.startAt ?? impactStartAt),
    resolvedAt: isOver ? isoOrNull(endedAt ?? newest?.at) : null,
    nextUpdateAt: isOver ? null : isoOrNull(newest?.nextDueAt),
  };
}

/** What is told counts while it goes on; that it has ended is measured. */
export function publicStatus({
  endedAt,
  updates,
  status,
}: Pick<IncidentFacts, 'endedAt' | 'updates' | 'status'>): PublicStatus {
  if (endedAt !== null) return 'resolved';
  const [newest] = updates;
  // "Resolved" was said of what has been opened again since.
  if (newest !== undefined && newest.status !== 'resolved') return statusOf(newest);
  return status === 'open' ? 'investigating' : 'monitoring';
}

/** As the page shows it. */
export function pageUpdate(update: PublicUpdate): PageUpdate {
  return { id: update.id, status: statusOf(update), body: update.body, at: iso(update.at) };
}

function statusOf({ status }: PublicUpdate): PublicStatus {
  return publicStatuses.find((one) => one === status) ?? 'investigating';
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: EpochMs | null | undefined): string | null {
  return at === null || at === undefined ? null : iso(at);
}
