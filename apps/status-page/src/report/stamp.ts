import { createHmac, timingSafeEqual } from 'node:crypto';

/** When a form was shown, signed: who fills it in takes a while, and who keeps one for a day is a machine. */
export function signStamp(secret: string, at: number): string {
  return `${at.toString(36)}.${macOf(secret, at)}`;
}

/** When the form was shown; null when we have not signed it. */
export function readStamp(secret: string, stamp: string): number | null {
  const [time = '', mac = ''] = stamp.split('.');
  const at = Number.parseInt(time, 36);
  const expected = Buffer.from(macOf(secret, at));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected) ? at : null;
}

function macOf(secret: string, at: number): string {
  return createHmac('sha256', secret).update(`report:${at}`).digest('base64url').slice(0, 22);
}
