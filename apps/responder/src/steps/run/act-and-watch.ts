import type { Check } from '#incidents';
import { readChange, type Change } from '../prepare/change.ts';
import type { StepsRoom } from '../steps-room.ts';
import { carryOut, type CarriedOut } from './carry-out.ts';
import { holds, type Before } from './post-check.ts';
import { watchPostCheck } from './watch-post-check.ts';

/** What came of a change. */
export interface Acted {
  readonly carried: CarriedOut;
  readonly checks: readonly Check[];
  /** The post-check held while the command still waited, and we ended it. */
  readonly endedByUs: boolean;
}

/** How a change is carried out. */
export interface Acting {
  readonly pipeline: readonly (readonly string[])[];
  readonly before: Before;
  /** Of the command, as the document sets it (`tocsin-timeout`), milliseconds; null: its own, else a minute. */
  readonly timeoutMs: number | null;
  /** The cluster user whose rights count; null: our own. */
  readonly as: string | null;
  readonly signal: AbortSignal;
  /** Takes the output as it comes. */
  readonly onText?: (text: string) => void;
}

/** Limit of a command without one of its own, milliseconds. */
const commandMs = 60_000;
const graceMs = 5000;

/** Carries a change out and looks at the cluster for its effect. */
export async function actAndWatch(
  room: StepsRoom,
  { pipeline, before, timeoutMs, as, signal, onText }: Acting,
): Promise<Acted> {
  const change = readChange(pipeline);
  const what = {
    change,
    pipeline,
    namespace: room.service.namespace,
    limitMs: timeoutMs ?? commandLimitMs(change),
    as,
    onText,
  };
  const watching = { change, before, signal };
  if (change.kind === 'drain') return drain(room, what, watching);
  const carried = await carryOut(room.runner, room.cluster, { ...what, signal });
  const checks = await watchPostCheck(room, { ...watching, limitMs: carried.ok ? room.effectMs : 0 });
  return { carried, checks, endedByUs: false };
}

function commandLimitMs(change: Change): number {
  return change.kind === 'drain' ? (change.timeoutMs ?? commandMs) + graceMs : commandMs;
}

/**
 * A drain waits for pods that a dead kubelet will never confirm as gone: its own end does not matter. Once endpoints and
 * replacements are as they should be it is a success, and the command is ended.
 */
async function drain(
  room: StepsRoom,
  what: Omit<Parameters<typeof carryOut>[2], 'signal'>,
  watching: { readonly change: Change; readonly before: Before; readonly signal: AbortSignal },
): Promise<Acted> {
  const enough = new AbortController();
  const ended = new AbortController();
  const command = carryOut(room.runner, room.cluster, {
    ...what,
    signal: AbortSignal.any([watching.signal, enough.signal]),
  });
  const running = command.then((carried) => {
    if (!carried.ok) ended.abort();
    return carried;
  });
  const seen = await watchPostCheck(room, {
    ...watching,
    limitMs: what.limitMs + graceMs,
    signal: AbortSignal.any([watching.signal, ended.signal]),
  });
  const early = holds(seen) && !ended.signal.aborted;
  if (early) enough.abort();
  const carried = await running;
  if (holds(seen) || watching.signal.aborted)
    return { carried, checks: seen, endedByUs: early && !carried.ok };
  return { carried, checks: await watchPostCheck(room, { ...watching, limitMs: 0 }), endedByUs: false };
}
