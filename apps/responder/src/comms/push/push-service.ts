import type { PushSending } from './push-channel.ts';

/** Push services of the browsers; nothing is sent to a host that a subscription alone names. */
const known = [
  /^fcm\.googleapis\.com$/,
  /^([a-z0-9-]+\.)*push\.services\.mozilla\.com$/,
  /^([a-z0-9-]+\.)*notify\.windows\.com$/,
  /^([a-z0-9-]+\.)*push\.apple\.com$/,
];

/** Why a subscription is not one of a push service that pages may go to; null when it is. `more`: further origins. */
export function whyNoPushService(endpoint: string, more: readonly string[]): string | null {
  const { protocol, hostname, origin, port } = new URL(endpoint);
  if (more.includes(origin)) return null;
  const isKnown = protocol === 'https:' && port === '' && known.some((one) => one.test(hostname));
  return isKnown
    ? null
    : `endpoint: ${origin}; expected a browser's push service, or one of channels.push.services`;
}

/** The push service that a device is at: its origin; empty when nothing is known of the device. */
export async function pushServiceOf(
  { deviceOf }: Pick<PushSending, 'deviceOf'>,
  device: string,
): Promise<string> {
  const subscription = await deviceOf(device).catch(() => null);
  return subscription === null ? '' : new URL(subscription.endpoint).origin;
}
