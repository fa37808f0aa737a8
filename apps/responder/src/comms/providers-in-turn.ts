import type { EpochMs } from '#facts';
import type { Delivery, FailedDelivery } from './channel.ts';
import { afterAttempt, askCircuit, type Circuit, closedCircuit, withProbe } from './circuit.ts';
import type { Provider, Providers } from './create-providers.ts';

/** Which provider an attempt goes to, and what is known of each. One a process: each responder finds out by itself. */
export interface ProvidersInTurn {
  /** How many a channel has. */
  count(channel: string): number;
  /** The provider for this attempt: the next in turn that works, or what to say when none can be tried now. */
  take(channel: string, attempts: number, now: EpochMs): Provider | FailedDelivery;
  /** Learns from an attempt. */
  learn(provider: Provider, delivery: Delivery, now: EpochMs): void;
}

export function providersInTurn(providers: Providers): ProvidersInTurn {
  const circuits = new Map<string, Circuit>();
  const circuitOf = (one: Provider): Circuit => circuits.get(one.name) ?? closedCircuit;

  function take(channel: string, attempts: number, now: EpochMs): Provider | FailedDelivery {
    const all = providers[channel] ?? [];
    if (all.length === 0) return cannot(`no ${channel} is configured`, true);
    const first = Math.max(0, attempts - 1) % all.length;
    const waits: number[] = [];
    for (const one of [...all.slice(first), ...all.slice(0, first)]) {
      const answer = askCircuit(circuitOf(one), now);
      if (typeof answer === 'object') {
        waits.push(answer.waitMs);
        continue;
      }
      if (answer === 'probe') circuits.set(one.name, withProbe(circuitOf(one), now));
      return one;
    }
    const retryAfterMs = Math.min(...waits);
    const seconds = Math.ceil(retryAfterMs / 1000);
    return {
      ...cannot(`${channel} failed again and again; it is tried again in ${seconds} s`, false),
      retryAfterMs,
    };
  }

  return {
    count: (channel) => (providers[channel] ?? []).length,
    take,
    learn: (provider, delivery, now) => {
      const worked = delivery.outcome === 'delivered' || delivery.permanent;
      circuits.set(provider.name, afterAttempt(circuitOf(provider), worked, now));
    },
  };
}

function cannot(reason: string, permanent: boolean): FailedDelivery {
  return { outcome: 'failed', permanent, maybeSent: false, reason };
}
