import type { ChannelState } from '#oncall';
import { inTime } from '#platform';
import type { Channel } from './channel.ts';
import type { Provider, Providers } from './create-providers.ts';
import { checkLimitMs, dead, type Health } from './health.ts';

/** Asks every provider at once whether it takes our credentials; who has not said so within the limit is dead. Never throws. */
export async function checkProviders(
  providers: Providers,
  limitMs = checkLimitMs,
): Promise<readonly ChannelState[]> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
  try {
    const all = Object.values(providers).flat();
    return (await Promise.all(all.map((one) => stateOf(one, limit.signal)))).flat();
  } finally {
    clearTimeout(timer);
  }
}

async function stateOf({ name, channel }: Provider, signal: AbortSignal): Promise<ChannelState[]> {
  const health = await healthOf(channel, signal);
  return health === null ? [] : [{ name, ...health }];
}

async function healthOf(channel: Channel, signal: AbortSignal): Promise<Health | null> {
  try {
    return await inTime(channel.check(signal), signal);
  } catch (error) {
    return dead((error as Error).message);
  }
}
