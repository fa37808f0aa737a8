import { z } from 'zod';

/** The action ids of our buttons. The value of `acknowledge` is the incident's id, of `acknowledgeAll` the summary's, of the others JSON. */
export const slackActions = {
  acknowledge: 'acknowledge',
  acknowledgeAll: 'acknowledge-all',
  approve: 'approve-step',
  deny: 'deny-step',
  escalate: 'escalate',
} as const;

/** The modal that asks for the reason of a no, and its one input. */
export const denyView = { callbackId: 'deny-step', block: 'reason', input: 'reason' } as const;

/** What a button about a step carries: exactly what was shown. */
const stepValue = z.object({
  incident: z.string(),
  step: z.string(),
  hash: z.string(),
});
export type StepValue = z.infer<typeof stepValue>;

/** What the button that calls the next level carries: that level, so that two presses call one. */
const levelValue = z.object({ incident: z.string(), level: z.int() });
export type LevelValue = z.infer<typeof levelValue>;

/** What the modal carries: its step, and where the button was. */
const denyMetadata = stepValue.extend({ channel: z.string().nullable() });
export type DenyMetadata = z.infer<typeof denyMetadata>;

export const readStepValue = reader(stepValue);
export const readLevelValue = reader(levelValue);
export const readDenyMetadata = reader(denyMetadata);

/** A reader of what we once wrote; null for anything else. */
function reader<T>(schema: z.ZodType<T>): (text: string) => T | null {
  return (text) => {
    try {
      const parsed = schema.safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  };
}
