import { z } from 'zod';
import { denyView } from '../../slack/button-value.ts';

/** As much of the payloads as counts. Source: docs.slack.dev, interaction payloads. */
const pressed = z.object({
  type: z.literal('block_actions'),
  trigger_id: z.string().default(''),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().default('') })),
});
export type Pressed = z.infer<typeof pressed>;

const submitted = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id: z.string() }),
  view: z.object({
    callback_id: z.literal(denyView.callbackId),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        [denyView.block]: z.object({ [denyView.input]: z.object({ value: z.string().nullish() }) }),
      }),
    }),
  }),
});
export type Submitted = z.infer<typeof submitted>;

const payload = z.discriminatedUnion('type', [pressed, submitted]);

/** What Slack tells of; null for what concerns nothing of ours. */
export function readPayload(text: string): Pressed | Submitted | null {
  try {
    const parsed = payload.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
