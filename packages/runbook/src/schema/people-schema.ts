import { z } from 'zod';
import { placeSchema } from './place-schema.ts';
import { minutes } from './procedure-schema.ts';

const roleId = z.string().optional().describe('Id of the role meant, when the document names one.');
const audience = z.enum(['internal', 'customers', 'executives']);

export const roleSchema = z
  .object({ id: z.string(), name: z.string(), title: z.string(), duty: z.string() })
  .meta({ id: 'role', description: 'A role of the response team.' });

export const cadenceSchema = z
  .object({
    audience,
    everyMinutes: z.number().positive(),
    text: z.string(),
    source: placeSchema,
  })
  .meta({ id: 'cadence', description: 'An audience that is updated at this interval.' });

export const triggerSchema = z
  .object({
    audience,
    afterMinutes: z.number().positive(),
    text: z.string(),
    source: placeSchema,
  })
  .meta({ id: 'trigger', description: 'An audience that is told once the incident has lasted this long.' });

export const mailingSchema = z
  .object({
    audience,
    severities: z.array(z.string()).describe('Ids of the severities that it is meant for.'),
    text: z.string(),
    source: placeSchema,
  })
  .meta({ id: 'mailing', description: 'An audience told by e-mail of outages that are severe enough.' });

export const levelSchema = z
  .object({
    level: z.string().describe('Name of the level, such as L1.'),
    fromMinutes: minutes,
    toMinutes: minutes.nullable().describe('Exclusive end, minutes since detection; null means open.'),
    target: z.string().describe('Who is called, in the words of the document.'),
    roleId,
    source: placeSchema,
  })
  .meta({ id: 'escalationLevel', description: 'A half-open interval since detection and who is called.' });

export const contactSchema = z
  .object({
    name: z.string(),
    value: z.string(),
    placeholder: z.boolean().describe('True while the value is still "[Phone number]" or the like.'),
    roleId,
    source: placeSchema,
  })
  .meta({ id: 'contact', description: 'How somebody is reached.' });

export const checklistLineSchema = z
  .object({
    text: z.string(),
    done: z.boolean().describe('True when the box is ticked in the document itself.'),
    evidence: z
      .string()
      .optional()
      .describe('Name of the recorded fact that ticks the line; absent when only a person can.'),
    source: placeSchema,
  })
  .meta({ id: 'checklistLine', description: 'A gate that is passed before the incident is closed.' });
