import * as contract from '@tocsin/contract';
import { z } from 'zod';

const named = z.registry<{ id: string }>();
const names = {
  Absence: contract.absence,
  Actor: contract.actorView,
  Contact: contract.contactView,
  Diagnosis: contract.diagnosisView,
  Evidence: contract.evidenceDetail,
  EvidenceSummary: contract.evidenceSummary,
  HandsOff: contract.handsOffView,
  HandsOffSet: contract.handsOffSet,
  InboxItem: contract.inboxItem,
  Incident: contract.incidentView,
  IncidentListItem: contract.incidentListItem,
  Me: contract.me,
  OnCallNow: contract.onCallNow,
  OnCallSchedule: contract.onCallSchedule,
  OnCallWarning: contract.onCallWarning,
  Override: contract.override,
  Plan: contract.planView,
  Problem: contract.problem,
  Readiness: contract.readinessView,
  Runbook: contract.runbookView,
  RunbookChange: contract.runbookChange,
  RunbookProblem: contract.runbookProblem,
  RunbookText: contract.runbookText,
  RunbookVersion: contract.runbookVersion,
  Signal: contract.signalView,
  Status: contract.statusView,
  Step: contract.stepView,
  StoredTeam: contract.storedTeam,
  Team: contract.teamDocument,
  TeamDiff: contract.teamDiff,
  TeamPerson: contract.teamPerson,
  TeamVersion: contract.teamVersion,
  TeamView: contract.teamView,
  Tenant: contract.tenantView,
  TimelineEntry: contract.timelineEntry,
} as const;
for (const [id, schema] of Object.entries(names)) named.add(schema, { id });

/** Turns zod schemas into those of an OpenAPI document; named ones are collected and referred to. */
export interface WireSchemas {
  of(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown>;
  readonly components: Record<string, unknown>;
}

export function createWireSchemas(): WireSchemas {
  const components: Record<string, unknown> = {};
  return {
    components,
    of(schema, io) {
      const made = z.toJSONSchema(schema, { io, metadata: named, unrepresentable: 'any', override: shorten });
      const { $schema: _dialect, $defs, ...rest } = reroute(made);
      Object.assign(components, $defs);
      return rest;
    },
  };
}

/** The format says it already; the pattern behind it is for machines that do not know formats. */
function shorten({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

function reroute(schema: unknown): { $schema?: unknown; $defs?: object } & Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
