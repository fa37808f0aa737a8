import { z } from 'zod';
import type { Plan } from '../plan.ts';
import {
  cadenceSchema,
  checklistLineSchema,
  contactSchema,
  levelSchema,
  mailingSchema,
  roleSchema,
  triggerSchema,
} from './people-schema.ts';
import { problemSchema } from './place-schema.ts';
import { branchSchema, phaseSchema, scenarioSchema } from './procedure-schema.ts';
import { detectorSchema, severitySchema } from './watch-schema.ts';

/** Name and version of the plan's shape; it grows within a version, and a change makes a new one. */
export const PLAN_SCHEMA_ID = 'urn:tocsin:plan:1';

/** The plan as the compiler gives it. Its type is that of `Plan`, which a test of types holds. */
export const planSchema = z.object({
  name: z.string().describe('Title of the document.'),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the text, hexadecimal.'),
  settings: z
    .record(z.string(), z.string())
    .describe('Front matter below "tocsin:", nested keys joined by dots.'),
  severities: z.array(severitySchema),
  detectors: z.array(detectorSchema),
  roles: z.array(roleSchema),
  phases: z.array(phaseSchema).describe('In the order of time.'),
  branches: z.array(branchSchema),
  scenarios: z.array(scenarioSchema),
  cadences: z.array(cadenceSchema),
  triggers: z.array(triggerSchema),
  mailings: z.array(mailingSchema).optional().describe('Absent when the document asks for none.'),
  escalation: z.array(levelSchema).describe('In the order of time.'),
  contacts: z.array(contactSchema),
  checklist: z.array(checklistLineSchema),
  stabilityMinutes: z
    .number()
    .positive()
    .nullable()
    .describe('Minutes a recovered service must stay healthy; null when the document does not say.'),
  problems: z.array(problemSchema),
});

const printedPlanSchema = planSchema.extend({
  schema: z.literal(PLAN_SCHEMA_ID).describe('Name and version of this schema.'),
});

/** A plan as `tocsin plan --json` prints it: it names the schema that it keeps to. */
export type PrintedPlan = z.infer<typeof printedPlanSchema>;

/** The plan with the name of its schema in front. */
export function printedPlan(plan: Plan): PrintedPlan {
  return { schema: PLAN_SCHEMA_ID, ...plan };
}

/** JSON Schema (draft 2020-12) of a printed plan. Further properties are allowed: the shape may grow. */
export function planJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(printedPlanSchema, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    $id: PLAN_SCHEMA_ID,
    title: 'Plan of an outage runbook',
    description: 'What a Markdown runbook compiles to; printed by "tocsin plan --json".',
    ...schema,
  };
}
