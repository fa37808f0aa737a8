import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type IncidentView, UnreachableError } from '@tocsin/contract';
import { approveSteps, type Player } from './approve-steps.ts';

export interface FollowOptions {
  readonly client: Client;
  readonly drillId: string;
  /** Those who acknowledge and approve; empty in a control run. */
  readonly players: readonly Player[];
  readonly limitMs: number;
  /** Ends the following early. */
  readonly stop: AbortSignal;
  /** Called with every new state of the incident. */
  readonly onIncident: (incident: IncidentView) => void;
  readonly say: (text: string) => void;
  /** Ends the following: by default, that the incident is stable. */
  readonly isEnough?: (incident: IncidentView) => boolean;
}

const lookEveryMs = 200;

/** Follows the drill's incident, acting as its players, until that is enough or the limit has passed. Null: none ever opened. */
export async function followIncident(options: FollowOptions): Promise<IncidentView | null> {
  const { isEnough = isOver, limitMs, stop, onIncident } = options;
  const endsAt = performance.now() + limitMs;
  let incident: IncidentView | null = null;
  while (performance.now() < endsAt && !stop.aborted && (incident === null || !isEnough(incident))) {
    await sleep(lookEveryMs);
    const seen = await lookOnce(options, incident);
    if (seen === null) continue;
    if (seen.revision !== incident?.revision) onIncident(seen);
    incident = seen;
  }
  return incident;
}

/** Nothing more comes of it by itself. */
export const isOver = ({ status }: IncidentView): boolean => status === 'stable' || status === 'resolved';

/** One look and what it asks for. A responder that is down for a moment is looked for again. */
async function lookOnce(options: FollowOptions, last: IncidentView | null): Promise<IncidentView | null> {
  try {
    const incident =
      last === null
        ? await findIncident(options.client, options.drillId)
        : await options.client.getIncident(last.id);
    if (incident !== null) await act(incident, options);
    return incident;
  } catch (error) {
    if (error instanceof UnreachableError) return null;
    throw error;
  }
}

/** The incident of a drill; null while there is none. */
export async function findIncident(client: Client, drillId: string): Promise<IncidentView | null> {
  for (const item of await client.listIncidents()) {
    // Those of earlier drills are closed; to read each of them at every look would be many requests.
    if (!item.drill || item.status === 'resolved') continue;
    const incident = await client.getIncident(item.id);
    if (incident.drill?.id === drillId) return incident;
  }
  return null;
}

async function act(incident: IncidentView, { players, say }: FollowOptions): Promise<void> {
  const [first] = players;
  if (first === undefined) return;
  const isCalled = incident.pages.some((page) => page.acknowledgedAt === null && page.state === 'delivered');
  if (incident.waits && isCalled) {
    await first.client.acknowledge(incident.id);
    say(`${first.id} acknowledges`);
  }
  for (const text of await approveSteps(incident, players)) say(text);
}
