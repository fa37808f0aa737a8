import { type HookKind, slackHooks, type SubscriberConfig } from './subscriber-config.ts';

/** Where a subscriber's requests go. */
export interface HookPlace {
  /** As it is requested, without a fragment. */
  readonly url: string;
  /** True: only at a public address; false: the configuration names the very origin. */
  readonly onlyPublic: boolean;
}

const longestUrl = 500;
const slackPath = /^\/services\/T\w+\/B\w+\/\w+$/;

/** The place that a subscriber's url names; null: the configuration lets no request leave for it. */
export function hookPlaceOf(
  kind: HookKind,
  given: string,
  config: Pick<SubscriberConfig, 'webhookHosts' | 'slack'>,
): HookPlace | null {
  const url = given.length > longestUrl ? null : URL.parse(given);
  if (url === null || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  const onlyPublic = kind === 'slack' ? inSlack(url, config.slack) : inList(url, config.webhookHosts);
  return onlyPublic === null ? null : { url: url.href, onlyPublic };
}

/** Null: not there; else whether it is only there at a public address. */
function inSlack({ origin, pathname, search }: URL, slack: string | null): boolean | null {
  return origin === slack && slackPath.test(pathname) && search === '' ? slack === slackHooks : null;
}

function inList(url: URL, hosts: readonly string[]): boolean | null {
  if (hosts.includes(url.origin)) return false;
  return isBelow(url, hosts) ? true : null;
}

/** At a listed host or below it, by https at its own port. */
function isBelow({ protocol, port, hostname }: URL, hosts: readonly string[]): boolean {
  if (protocol !== 'https:' || port !== '') return false;
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
