import type { EpochMs } from '#facts';
import type { Delivery, FailedDelivery, OutgoingMessage } from './channel.ts';
import { chooseProvider } from './choose-provider.ts';
import type { Provider, Providers } from './create-providers.ts';
import { type KnownServers, knownServers, type Place, placeOf } from './known-servers.ts';

/** An attempt that a provider is to be found for. */
export interface Ask {
  readonly channel: string;
  /** At this message, this one counted. */
  readonly attempts: number;
  /** When it began. */
  readonly at: EpochMs;
}

/** Which provider an attempt goes to, and what is known of each. One a process: each responder finds out by itself. */
export interface ProvidersInTurn {
  /** How many a channel has. */
  count(channel: string): number;
  /**
   * One attempt, by the next provider in turn that works, which is learnt from; or what to say when none can be asked now. `retryAfterMs`:
   * the earliest at which one may be asked again, of all.
   */
  deliver(ask: Ask, message: OutgoingMessage, signal: AbortSignal): Promise<Delivery>;
  /** Another responder has found that a server works, as `onBack` names it: it is left out no longer. */
  trust(server: string): void;
}

/** A server that was left out and works again. */
export interface ServerBack {
  readonly channel: string;
  readonly server: string;
}

/** So many messages are remembered that wait for their first attempt; the oldest is forgotten, and waits like later ones. */
const mostOwed = 10_000;

export interface TurnOptions {
  /** A message's first attempt by each provider is made although they are left out; default true. */
  readonly insists?: boolean;
  readonly onBack?: (back: ServerBack) => void;
}

export function providersInTurn(
  providers: Providers,
  { insists = true, onBack = () => undefined }: TurnOptions = {},
): ProvidersInTurn {
  const servers = knownServers();
  const owed = new Set<string>();

  function owe(id: string): void {
    const [oldest] = owed;
    if (owed.size >= mostOwed && oldest !== undefined) owed.delete(oldest);
    owed.add(id);
  }

  return {
    count: (channel) => (providers[channel] ?? []).length,
    trust: (server) => servers.trust(server),
    deliver: async (ask, message, signal) => {
      const inTurn = turnOf(providers[ask.channel] ?? [], ask.attempts);
      if (inTurn.length === 0) return cannot(`no ${ask.channel} is configured`, true);
      const places = await Promise.all(inTurn.map((one) => placeOf(one, message.address)));
      const isFirst = insists && (ask.attempts <= inTurn.length || owed.delete(message.id));
      const known = places.map((place) => ({ place, ...servers.knownOf(place, ask.at, isFirst) }));
      const choice = chooseProvider(known, isFirst, ask.at);
      if ('chosen' in choice) return send({ servers, onBack }, { ...choice, ask, places, message }, signal);
      if (isFirst) owe(message.id);
      const seconds = Math.ceil(choice.waitMs / 1000);
      const reason = `${ask.channel}: ${choice.because}; it is tried again in ${seconds} s`;
      return { ...cannot(reason, false), retryAfterMs: choice.waitMs };
    },
  };
}

async function send(
  { servers, onBack }: { readonly servers: KnownServers; readonly onBack: (back: ServerBack) => void },
  {
    chosen: { place },
    isProbe,
    ask,
    places,
    message,
  }: {
    readonly chosen: { readonly place: Place };
    readonly isProbe: boolean;
    readonly ask: Ask;
    readonly places: readonly Place[];
    readonly message: OutgoingMessage;
  },
  signal: AbortSignal,
): Promise<Delivery> {
  if (isProbe) servers.probing(place, ask.at);
  const began = performance.now();
  const delivery = await place.provider.channel.deliver(message, signal);
  const endedAt = ask.at + (performance.now() - began);
  const times = { startedAt: ask.at, endedAt };
  if (servers.learn(place, signal.aborted ? null : delivery, times))
    onBack({ channel: ask.channel, server: place.server });
  if (delivery.outcome === 'delivered') return delivery;
  const { retryAfterMs: _ofOne, ...failed } = delivery;
  const rests = places.map((one) => servers.knownOf(one, endedAt, false).restMs);
  return { ...failed, retryAfterMs: Math.min(...rests) };
}

/** The next one begins with each attempt. */
function turnOf(all: readonly Provider[], attempts: number): readonly Provider[] {
  const first = Math.max(0, attempts - 1) % Math.max(1, all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

function cannot(reason: string, permanent: boolean): FailedDelivery {
  return { outcome: 'failed', permanent, maybeSent: false, reason };
}
