/** What came of asking the browser; `refused` says why in words for its owner. */
export type Subscribed =
  | {
      readonly endpoint: string;
      readonly keys: { readonly p256dh: string; readonly auth: string };
      readonly label: string;
    }
  | { readonly refused: string };

/** Why this browser cannot be woken by web push at all; null when it can be asked. */
export function whyNoPush(): string | null {
  if (!window.isSecureContext)
    return 'The console has to be reached by https: browsers allow web push nowhere else.';
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'This browser knows no web push. On an iPhone or iPad, first add the console to the home screen and open it from there.';
  return null;
}

/** Asks the browser for its subscription, and the person for their permission. */
export async function subscribe(publicKey: string): Promise<Subscribed> {
  const impossible = whyNoPush();
  if (impossible !== null) return { refused: impossible };
  if ((await Notification.requestPermission()) !== 'granted')
    return {
      refused: 'Notifications are blocked for this site: allow them in the browser’s settings of it.',
    };
  try {
    await navigator.serviceWorker.register('/service-worker.js', { scope: '/' });
    const { pushManager } = await navigator.serviceWorker.ready;
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
    const { endpoint = '', keys = {} } = made.toJSON();
    const { p256dh = '', auth = '' } = keys;
    return { endpoint, keys: { p256dh, auth }, label: deviceLabel(navigator.userAgent) };
  } catch (error) {
    return { refused: `The browser could not reach its push service: ${(error as Error).message}` };
  }
}

const browsers = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS', 'Mac'],
  ['Windows', 'Windows'],
  ['Linux', 'Linux'],
] as const;

/** `Firefox on Linux`. */
export function deviceLabel(userAgent: string): string {
  const named = (all: readonly (readonly [string, string])[], otherwise: string): string =>
    all.find(([mark]) => userAgent.includes(mark))?.[1] ?? otherwise;
  return `${named(browsers, 'Browser')} on ${named(systems, 'a device')}`;
}
