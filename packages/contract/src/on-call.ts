import { z } from 'zod';
import { instant } from './instant.ts';

const named = z.object({
  id: z.string(),
  name: z.string(),
  drill: z.boolean(),
  channels: z.array(z.string()),
});

/** Who would be woken now, by escalation level and by role of the document. */
export const onCallNow = z.object({
  at: instant,
  levels: z.array(z.object({ level: z.int(), target: z.string(), persons: z.array(named) })),
  roles: z.array(z.object({ id: z.string(), name: z.string(), persons: z.array(named) })),
});
export type OnCallNow = z.infer<typeof onCallNow>;
