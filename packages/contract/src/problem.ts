import { z } from 'zod';

/** An error on the wire (RFC 9457, `application/problem+json`). */
export const problem = z.object({
  /** `urn:tocsin:problem:CODE` */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** Place, value and what was expected. */
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  /** One entry a bad value of the request. */
  issues: z.array(z.object({ place: z.string(), value: z.string(), expected: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
