import { z } from 'zod';

/** A link that signs its person in once. */
export const loginLink = z.object({ person: z.string(), url: z.url() });
export type LoginLink = z.infer<typeof loginLink>;
