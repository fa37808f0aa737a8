import type { Delivery } from '../channel.ts';
import {
  createMailLane,
  cutOff,
  type Mail,
  type MailLane,
  type MailLimits,
  type MailServer,
} from './mail-lane.ts';

/** A few connections to the mail server that mails take turns on. */
export interface MailLanes {
  /** Waits for a connection, and sends; fails without having sent when the signal comes first. */
  send(mail: Mail, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}

/** At most `count` connections, opened when they are needed. */
export function createMailLanes(
  smtp: MailServer,
  { count, ...limits }: MailLimits & { readonly count: number },
): MailLanes {
  const lanes = Array.from({ length: count }, () => createMailLane(smtp, limits));
  const free = [...lanes];
  const waiting: ((lane: MailLane) => void)[] = [];
  const take = (): Promise<MailLane> => {
    const lane = free.pop();
    return lane === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(lane);
  };
  const giveBack = (lane: MailLane): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(lane);
    else next(lane);
  };
  return {
    send: async (mail, signal) => {
      const lane = await take();
      try {
        return signal.aborted ? notSent(signal) : await lane.send(mail, signal);
      } finally {
        giveBack(lane);
      }
    },
    close: () => {
      for (const lane of lanes) lane.close();
    },
  };
}

function notSent(signal: AbortSignal): Delivery {
  return { outcome: 'failed', permanent: false, maybeSent: false, reason: cutOff(signal) };
}
