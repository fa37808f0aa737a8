import { z } from 'zod';

/** What a browser needs to subscribe; null: this responder sends no web push. */
export const pushKey = z.object({ publicKey: z.string().nullable() });
export type PushKey = z.infer<typeof pushKey>;

const base64url = z.string().regex(/^[-_A-Za-z0-9]{16,200}={0,2}$/, 'expected base64url');

/** A browser's subscription, and what to call the device. */
export const addPushDevice = z.strictObject({
  label: z.string().trim().min(1).max(60),
  endpoint: z.url({ protocol: /^https?$/ }).max(2000),
  keys: z.strictObject({ p256dh: base64url, auth: base64url }),
});
export type AddPushDevice = z.infer<typeof addPushDevice>;

/** `contact`: as contacts name it, `push:ID`. */
export const removePushDevice = z.strictObject({ contact: z.string().min(1).max(200) });
