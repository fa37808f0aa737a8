import type { EpochMs } from '#facts';
import { type AskedRest, restLeftMs } from './asked-rest.ts';
import type { Delivery } from './channel.ts';
import type { Candidate } from './choose-provider.ts';
import { afterAttempt, type Circuit, closedCircuit, withoutProbe, withProbe } from './circuit.ts';
import type { Provider } from './create-providers.ts';

/** Where a provider's messages to an address go. */
export interface Place {
  readonly provider: Provider;
  /** The server that takes them: what fails there says nothing of others. */
  readonly server: string;
  /** What it throttles. */
  readonly throttled: string;
}

/** What a process has found out about servers. Those that work are not remembered. */
export interface KnownServers {
  knownOf(place: Place, now: EpochMs, isFirst: boolean): Candidate;
  /** An attempt is let through although it was left out. */
  probing(place: Place, startedAt: EpochMs): void;
  /** It works: another responder has found out. */
  trust(server: string): void;
  /** Learns from an attempt; null: it was cut off from here. Answers whether the server was left out, or had asked for a rest, and works again. */
  learn(
    place: Place,
    delivery: Delivery | null,
    times: { readonly startedAt: EpochMs; readonly endedAt: EpochMs },
  ): boolean;
}

export async function placeOf(provider: Provider, address: string): Promise<Place> {
  const { name, serverOf, throttlesAddresses = false } = provider;
  const server = serverOf === undefined ? name : `${name} ${await serverOf(address)}`;
  return { provider, server, throttled: throttlesAddresses ? `${server} ${address}` : server };
}

export function knownServers(): KnownServers {
  const circuits = new Map<string, Circuit>();
  const rests = new Map<string, AskedRest>();
  const circuitOf = ({ server }: Place): Circuit => circuits.get(server) ?? closedCircuit;
  const remember = ({ server }: Place, circuit: Circuit): void => {
    if (circuit.failures === 0) circuits.delete(server);
    else circuits.set(server, circuit);
  };
  /** What was taken ends a rest that was asked for before. Answers whether that is news for all of the server. */
  const endRest = ({ throttled, server }: Place, startedAt: EpochMs): boolean => {
    const before = rests.get(throttled);
    if (before === undefined || before.since > startedAt) return false;
    rests.delete(throttled);
    return throttled === server;
  };

  return {
    knownOf: (place, now, isFirst) => {
      const rest = rests.get(place.throttled);
      if (rest !== undefined && rest.until <= now) rests.delete(place.throttled);
      return { circuit: circuitOf(place), restMs: restLeftMs(rest, now, isFirst) };
    },
    probing: (place, startedAt) => remember(place, withProbe(circuitOf(place), startedAt)),
    trust: (server) => {
      circuits.delete(server);
      rests.delete(server);
    },
    learn: (place, delivery, { startedAt, endedAt }) => {
      const rest = delivery === null ? null : restAsked(delivery, endedAt);
      if (rest !== null) rests.set(place.throttled, rest);
      const known = circuitOf(place);
      const isSilent = delivery === null || rest !== null;
      remember(
        place,
        isSilent ? withoutProbe(known, startedAt) : afterAttempt(known, works(delivery), startedAt),
      );
      const isBack = delivery?.outcome === 'delivered' && endRest(place, startedAt);
      return isBack || (known.openUntil !== null && circuitOf(place).openUntil === null);
    },
  };
}

/** A server that says when to come again works, and has said more than a circuit could guess. */
function restAsked(delivery: Delivery, endedAt: EpochMs): AskedRest | null {
  if (delivery.outcome === 'delivered' || delivery.permanent) return null;
  const { retryAfterMs = 0 } = delivery;
  return retryAfterMs > 0 ? { since: endedAt, until: endedAt + retryAfterMs } : null;
}

function works(delivery: Delivery): boolean {
  return delivery.outcome === 'delivered' || delivery.permanent || delivery.aboutAddress === true;
}
