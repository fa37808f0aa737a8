import { z } from 'zod';

const count = z.number().int().min(1);

const range = {
  line: count.describe('First line, counted from 1.'),
  column: count.describe('First column, counted from 1, in UTF-16 units.'),
  endLine: count.describe('Last line.'),
  endColumn: count.describe('Column after the last character.'),
};

export const placeSchema = z
  .object(range)
  .meta({ id: 'sourceRange', description: 'A range in the Markdown text; the end is exclusive.' });

const fixSchema = z
  .object({
    ...range,
    text: z.string().describe('The text to write instead of the range; an empty range inserts.'),
    safe: z.boolean().describe('True when it may be applied without a look of a person.'),
  })
  .meta({ id: 'fix', description: 'An edit that mends a problem.' });

export const problemSchema = z
  .object({
    ...range,
    code: z.string().describe('Code of the rule, such as RB001.'),
    level: z
      .enum(['error', 'warning', 'info'])
      .describe(
        'error: cannot compile. warning: will not run as written, or is dangerous. info: worth knowing.',
      ),
    message: z.string(),
    file: z.string().describe('Name of the file as it was given to the compiler.'),
    suggestion: z.string().optional().describe('What to write instead, in words.'),
    fix: fixSchema.optional(),
  })
  .meta({ id: 'problem', description: 'One finding of the compiler or of lint.' });
