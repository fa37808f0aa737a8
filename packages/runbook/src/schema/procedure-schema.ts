import { z } from 'zod';
import { actionSchema } from './action-schema.ts';
import { placeSchema } from './place-schema.ts';

export const minutes = z.number().min(0);
const causes = z.array(z.string()).describe('Ids of the diagnoses that it answers.');
const actions = z.array(actionSchema);

const stepSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z
      .enum(['manual', 'command', 'questions', 'hold'])
      .describe(
        'manual: work of a person. command: has actions. questions: to be answered. hold: must stay true for a time.',
      ),
    actions,
    points: z.array(z.string()).describe('Nested bullets: questions, or conditions that must hold.'),
    holdMinutes: z.number().positive().optional().describe('How long a hold must last, minutes.'),
    source: placeSchema,
  })
  .meta({ id: 'step', description: 'One step of a phase.' });

export const phaseSchema = z
  .object({
    n: z.number().int().min(0).describe('Number of the phase in the document.'),
    name: z.string(),
    fromMinutes: minutes,
    toMinutes: minutes.nullable().describe('Exclusive end, minutes; null means open.'),
    timed: z.boolean().describe('False when the document gives no readable window and this one is assumed.'),
    steps: z.array(stepSchema),
    source: placeSchema,
  })
  .meta({ id: 'phase', description: 'A phase of the response, with its window since detection.' });

export const branchSchema = z
  .object({
    id: z.string(),
    phase: z.number().int().nullable().describe('Number of the phase that holds it, null outside any.'),
    when: z.string().describe('The condition in the words of the document.'),
    causes,
    actions,
    source: placeSchema,
  })
  .meta({ id: 'branch', description: 'What to do when the diagnosis, or a person, says so.' });

const evidenceSchema = z
  .object({
    language: z.enum(['cel', 'promql']),
    expression: z.string().min(1),
    subject: z.string().nullable().describe('KIND/NAME that is to blame; null: the watched deployment.'),
    confidence: z.number().min(0.5).max(1),
  })
  .meta({ id: 'scenarioEvidence', description: 'What shows that the scenario is there: scenario:ID.' });

export const scenarioSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    symptoms: z.array(z.string()),
    causes,
    evidence: evidenceSchema.optional(),
    actions,
    source: placeSchema,
  })
  .meta({ id: 'scenario', description: 'A named kind of outage with its symptoms and resolution.' });
