import { createECDH } from 'node:crypto';
import webPush from 'web-push';
import { inTime } from '#platform';
import { alive, dead, type Health } from '../health.ts';
import type { PushKeys } from './push-keys.ts';

/** Whether our keys are a pair that push services can believe (RFC 8292). There is nobody to ask: each message proves itself. */
export async function checkPushKeys(
  { keys, subject }: { readonly keys: () => Promise<PushKeys>; readonly subject: string },
  signal: AbortSignal,
): Promise<Health> {
  try {
    const { publicKey, privateKey } = await inTime(keys(), signal);
    webPush.getVapidHeaders('https://push.example.org', subject, publicKey, privateKey, 'aes128gcm');
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(privateKey, 'base64url');
    return pair.getPublicKey('base64url') === publicKey
      ? alive
      : dead('its two keys are no pair; expected those that browsers have subscribed with');
  } catch (error) {
    return dead((error as Error).message);
  }
}
