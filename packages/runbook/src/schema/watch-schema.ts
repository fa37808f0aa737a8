import { z } from 'zod';
import { placeSchema } from './place-schema.ts';

export const severitySchema = z
  .object({
    id: z.string().describe('P0, P1 and so on.'),
    name: z.string(),
    criteria: z.array(z.string()),
  })
  .meta({ id: 'severity', description: 'A severity, the gravest first.' });

const thresholdSchema = z
  .object({
    op: z.enum(['>', '<', '>=', '<=']),
    value: z.number(),
    unit: z.enum(['%', 'ms', 's', 'm', 'h']),
    percentile: z.number().optional().describe('95 for the 95th percentile.'),
  })
  .meta({ id: 'threshold', description: "A limit in the document's own unit." });

export const detectorSchema = z
  .object({
    kind: z.enum([
      'health-check',
      'error-rate',
      'latency',
      'crash-loop',
      'database-connections',
      'node-failure',
      'customer-report',
      'dashboard-anomaly',
      'degradation-notice',
      'degradation-report',
      'unknown',
    ]),
    text: z.string(),
    threshold: thresholdSchema.optional(),
    bound: z.boolean().describe('True when a source can measure this kind.'),
    manual: z.boolean().describe('True when a person raises it.'),
    source: placeSchema,
  })
  .meta({ id: 'detector', description: 'One way in which an outage is noticed.' });
