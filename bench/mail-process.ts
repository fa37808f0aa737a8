import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startMailServer } from '../apps/responder/test/mail-server.ts';

/** A mail that arrived: the first part of its Message-ID, and when, epoch milliseconds. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
}

/** A real SMTP server as a process of its own: what it does holds up no clock of who measures. */
export interface MailProcess {
  readonly url: string;
  /** All that has arrived so far, in its order. */
  received(): Promise<readonly Arrival[]>;
  close(): Promise<void>;
}

export async function startMailProcess(): Promise<MailProcess> {
  const child = fork(import.meta.filename);
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    received: async () => {
      child.send('received');
      const [arrivals] = (await once(child, 'message')) as [readonly Arrival[]];
      return arrivals;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function serve(send: (said: string | readonly Arrival[]) => void): Promise<void> {
  const mail = await startMailServer();
  process.on('message', () => send(mail.received.map(({ id, at }): Arrival => ({ id, at }))));
  process.on('disconnect', () => process.exit());
  send(mail.url);
}

if (import.meta.main) await serve((said) => process.send?.(said));
