import type { EpochMs } from '#facts';
import {
  type Incident,
  isOutside,
  nextUpdate,
  type UpdateAudience,
  updateClocks,
  type UpdateStatus,
} from '#incidents';
import type { Plan } from '@tocsin/runbook';

/** What a draft may say: all of it measured or recorded. Templates see these names, and no others. */
export interface DraftFacts {
  readonly drill: boolean;
  /** As customers know it. */
  readonly service: string;
  readonly number: number;
  readonly severity: { readonly id: string; readonly name: string };
  readonly affected: {
    readonly count: number;
    /** Tenants with enough traffic to be judged. */
    readonly of: number;
    readonly all: boolean;
  };
  /** As measured last; `percent` is null unless requests fail. */
  readonly symptoms: { readonly failing: boolean; readonly slow: boolean; readonly percent: string | null };
  /** `2026-11-26`. */
  readonly day: string;
  /** `14:05 UTC`. */
  readonly since: string;
  readonly ended: string | null;
  readonly minutes: number;
  /** How many changes of the runbook did what they were for. */
  readonly changes: number;
  readonly nextUpdate: string | null;
}

/** What only people of the company are told. */
export interface InsideFacts extends DraftFacts {
  readonly title: string;
  readonly reason: string;
  readonly cause: string | null;
  readonly tenants: readonly string[];
  readonly steps: readonly string[];
  readonly commander: string | null;
}

const minuteMs = 60_000;
const roundMs = 5 * minuteMs;
const changing: ReadonlySet<string> = new Set(['mutate', 'destroy']);
/** As the checklist counts a cause as identified. */
const identifiedFrom = 0.8;

/** Where an incident is, in the words of status pages. */
export function draftStatus({ status, diagnoses }: Incident): UpdateStatus {
  if (status === 'stable' || status === 'resolved') return 'resolved';
  if (status !== 'open') return 'monitoring';
  const [best] = diagnoses;
  return best !== undefined && best.id !== 'unknown' && best.confidence >= identifiedFrom
    ? 'identified'
    : 'investigating';
}

/** The facts of an incident for one audience; people outside get nothing that has an internal name. */
export function draftFacts(
  incident: Incident,
  plan: Plan,
  about: {
    readonly audience: UpdateAudience;
    readonly at: EpochMs;
    readonly service: string;
    readonly nameOf: (person: string) => string;
  },
): DraftFacts | InsideFacts {
  const { audience, at, service } = about;
  const { mitigatedAt, impactStartAt } = incident;
  const facts: DraftFacts = {
    drill: incident.drill !== null,
    service,
    number: incident.number,
    severity: {
      id: incident.severity,
      name: plan.severities.find((one) => one.id === incident.severity)?.name ?? incident.severity,
    },
    affected: affectedOf(incident),
    symptoms: symptomsOf(incident),
    day: new Date(impactStartAt).toISOString().slice(0, 10),
    since: clockOf(impactStartAt),
    ended: mitigatedAt === null ? null : clockOf(mitigatedAt),
    minutes: Math.max(1, Math.round(((mitigatedAt ?? at) - impactStartAt) / minuteMs)),
    changes: incident.steps.filter((one) => changing.has(one.effect) && one.status === 'succeeded').length,
    nextUpdate: nextUpdateOf(incident, plan, about),
  };
  return isOutside(audience) ? facts : { ...facts, ...insideFacts(incident, about.nameOf) };
}

function insideFacts(
  incident: Incident,
  nameOf: (person: string) => string,
): Omit<InsideFacts, keyof DraftFacts> {
  const [best] = incident.diagnoses;
  const { commander } = incident.roles;
  const measured = new Map(incident.assessment.tenants.map((one) => [one.tenant, one]));
  return {
    title: incident.title,
    reason: incident.severityReason,
    cause:
      best === undefined || best.id === 'unknown'
        ? null
        : `${best.id} ${best.subject} (${Math.round(best.confidence * 100)} % sure)`,
    tenants: (incident.affectedTenants ?? []).map((tenant) => {
      const one = measured.get(tenant);
      return one?.harm === 'errors' ? `${tenant} (${percent(one.errorRatio)} %)` : tenant;
    }),
    steps: incident.steps
      .filter((one) => changing.has(one.effect) && one.startedAt !== null)
      .map((one) => `${one.command}: ${one.status}`),
    commander: commander === undefined ? null : nameOf(commander),
  };
}

function affectedOf({ assessment, affectedTenants = [] }: Incident): DraftFacts['affected'] {
  const judged = assessment.tenants.filter((one) => one.judged);
  const harmed = judged.filter((one) => one.harm !== 'none').length;
  const count = harmed > 0 ? harmed : affectedTenants.length;
  const of = Math.max(judged.length, count);
  return { count, of, all: count > 0 && count === of };
}

function symptomsOf({ assessment }: Incident): DraftFacts['symptoms'] {
  const harmed = assessment.tenants.filter((one) => one.judged && one.harm !== 'none');
  const ratios = harmed.filter((one) => one.harm === 'errors').map((one) => percent(one.errorRatio));
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  const span = low === high ? String(low) : `${low}-${high}`;
  return {
    failing: ratios.length > 0,
    slow: harmed.some((one) => one.harm === 'slow'),
    percent: ratios.length === 0 ? null : `${span} %`,
  };
}

/** Rounded up: there is time to read the draft before what it promises begins to count. */
function nextUpdateOf(
  incident: Incident,
  plan: Plan,
  { audience, at }: { readonly audience: UpdateAudience; readonly at: EpochMs },
): string | null {
  const clock = updateClocks(plan).find((one) => one.audience === audience);
  if (clock === undefined) return null;
  const told = { lastAt: at, lastStatus: null, lastBody: null, missedAt: null, missedInRow: 0 };
  const dueAt = nextUpdate({ ...incident, updates: { ...incident.updates, [audience]: told } }, clock);
  return dueAt === null ? null : clockOf(Math.ceil(dueAt / roundMs) * roundMs);
}

function percent(ratio: number): number {
  return Math.round(ratio * 100);
}

function clockOf(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
