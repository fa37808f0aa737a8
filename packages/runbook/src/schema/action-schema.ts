import { z } from 'zod';
import { placeSchema } from './place-schema.ts';

export const actionSchema = z
  .object({
    id: z.string().describe('Unique within the plan.'),
    label: z.string().optional().describe('The "# comment" above the statement.'),
    source: placeSchema,
    text: z.string().describe('The statement exactly as written.'),
    pipeline: z
      .array(z.array(z.string()))
      .nullable()
      .describe(
        'Argument vectors joined by pipes, placeholders still written <name>; null when no such form exists.',
      ),
    effect: z
      .enum(['read', 'create-temp', 'mutate', 'destroy'])
      .describe('What the command does to the world; an unknown command counts as mutate.'),
    approvals: z.number().int().min(0).max(2).describe('People who must say yes.'),
    placeholders: z.array(z.string()).describe('Names without brackets, in order of appearance, each once.'),
    timeoutMs: z.number().positive().describe('Time limit of the command, milliseconds.'),
    manual: z.string().optional().describe('Why a person has to do this; absent when Tocsin can.'),
    purpose: z
      .enum(['verify', 'undo'])
      .optional()
      .describe('Proof of a change, or the way back from one; absent for everything else.'),
    undoOf: z.string().optional().describe('Id of the action that this one takes back.'),
    check: z.string().optional().describe('Name of the pre-check that must hold before it runs.'),
    probe: z.string().optional().describe('Name of the native probe that answers the same question.'),
    noMatchOk: z.boolean().optional().describe('True when finding nothing is a good answer.'),
    added: z
      .boolean()
      .optional()
      .describe('True for a statement that is not in the document this one was derived from.'),
  })
  .meta({ id: 'action', description: 'One statement of a fence.' });
