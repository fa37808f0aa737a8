import { z } from 'zod';
import { type SecretReader, secretSchema, secretUrl } from '../config/channels-config.ts';

/** Who pages about the pager. */
export function watchdogSchema(read: SecretReader) {
  return z
    .strictObject({
      /** A synthetic page goes through the queue as often. */
      everyMinutes: z.number().min(1).max(1440).default(60),
      /** Asked while pages get through; whoever is behind it pages when it falls silent. */
      heartbeat: z
        .strictObject({
          url: secretUrl(read),
          /** Sent as a bearer token. */
          token: secretSchema(read).optional(),
          everySeconds: z.number().min(5).max(3600).default(60),
        })
        .optional(),
    })
    .prefault({});
}

export type WatchdogConfig = z.infer<ReturnType<typeof watchdogSchema>>;
