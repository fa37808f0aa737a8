import { createHmac } from 'node:crypto';

/**
 * Signature of an outgoing webhook: `v1=` and the hexadecimal HMAC-SHA-256, under the shared secret, of the timestamp (epoch
 * seconds, as sent in X-Tocsin-Timestamp), a dot, and the body's bytes. Receivers compute the same and refuse old timestamps.
 */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
