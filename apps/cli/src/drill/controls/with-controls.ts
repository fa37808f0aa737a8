import type { SandboxClient } from '../sandbox-client.ts';
import { heldDrain, plannedDrain } from './drains.ts';
import type { EventPorts, HarmlessEvent } from './harmless-event.ts';
import { jobElsewhere } from './job-elsewhere.ts';
import { nodeFlap } from './node-flap.ts';
import { rollout } from './rollout.ts';
import { scaling } from './scaling.ts';

const events: readonly HarmlessEvent[] = [rollout, plannedDrain, scaling, nodeFlap, heldDrain, jobElsewhere];

/** Kinds that `withControls` can do besides the sandbox's faults. */
export const controlKinds: readonly string[] = events.map(({ kind }) => kind);

/** Injects and lifts harmless events by the same door as faults. The id of one is its kind, so that another process can undo it. */
export function withControls(ports: EventPorts): Pick<SandboxClient, 'inject' | 'lift'> {
  const under = new Map<string, AbortController>();
  return {
    async inject(kind, target) {
      const event = events.find((one) => one.kind === kind);
      if (event === undefined) return ports.sandbox.inject(kind, target);
      const going = new AbortController();
      under.set(kind, going);
      const injectedAt = new Date().toISOString();
      const subject = await event.begin(ports, going.signal);
      return { id: kind, kind, subject, injectedAt };
    },
    async lift(id) {
      const event = events.find((one) => one.kind === id);
      if (event === undefined) return ports.sandbox.lift(id);
      under.get(id)?.abort();
      await event.undo(ports);
    },
  };
}
