import { z } from 'zod';

/** What a team allows without the usual two pairs of eyes; kept with every version of the team. */
export const approvalPolicy = z.strictObject({
  /** A team of one: whoever asked may approve, and one approval is enough for what destroys. */
  singlePerson: z.boolean().default(false),
  /** Changes that are approved without a person while so few were in the last hour; never what destroys. */
  automatic: z
    .array(
      z.strictObject({
        /** Id of an action of the document. */
        action: z.string().min(1).max(100),
        /** More of this action within an hour wait for a person. */
        softPerHour: z.int().min(1).max(60).default(1),
      }),
    )
    .default([]),
  /** With so many of all actions within an hour, nothing is approved without a person any more. */
  hardPerHour: z.int().min(1).max(60).default(3),
});
export type ApprovalPolicy = z.output<typeof approvalPolicy>;
