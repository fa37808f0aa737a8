import type { HandsOff, Incident } from '#incidents';
import type { StepsRoom } from '../steps-room.ts';

/** Hears for one running step whether somebody wants it stopped. */
interface StopWatch {
  /** Aborted when it is to be stopped. */
  readonly signal: AbortSignal;
  /** Why; null while nobody has. */
  readonly why: () => string | null;
  close(): void;
}

const lookAgainMs = 2000;

/** Why a running step is to be stopped; null when nobody wants that. Pure. */
function whyStop(incident: Incident, stepId: string, handsOff: HandsOff | null): string | null {
  const cancelled = incident.steps.find((one) => one.id === stepId)?.cancelled;
  if (cancelled !== undefined) return `cancelled: ${cancelled.reason}`;
  if (handsOff !== null) return `hands off everywhere: ${handsOff.reason}`;
  return incident.handsOff ? 'hands off on this incident' : null;
}

/** Listens from before the first look on, so that no word is missed between the two. */
export async function watchStop(room: StepsRoom, incidentId: string, stepId: string): Promise<StopWatch> {
  const { incidents, log } = room;
  const stop = new AbortController();
  let reason: string | null = null;
  const look = async (): Promise<void> => {
    const [incident, handsOff] = await Promise.all([incidents.get(incidentId), incidents.handsOff()]);
    reason ??= incident === null ? null : whyStop(incident, stepId, handsOff);
    if (reason !== null) stop.abort();
  };
  const lookSoon = (): void =>
    void look().catch((error: unknown) => log.warn({ err: error, stepId }, 'whether to stop cannot be read'));
  const ends = await Promise.all([
    incidents.onChange(({ id }) => {
      if (id === null || id === incidentId) lookSoon();
    }),
    incidents.onHandsOff(lookSoon),
  ]);
  // Whoever wrote the word may have died before telling of it.
  const again = setInterval(lookSoon, lookAgainMs);
  await look();
  return {
    signal: stop.signal,
    why: () => reason,
    close: () => {
      clearInterval(again);
      ends.forEach((end) => end());
    },
  };
}
