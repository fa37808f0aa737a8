import { z } from 'zod';

/** A way to reach a person. */
export const contactMethod = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('email'), address: z.email() }),
  z.object({ channel: z.literal('inbox') }),
]);
export type ContactMethod = z.infer<typeof contactMethod>;
