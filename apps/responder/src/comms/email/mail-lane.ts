import { createTransport } from 'nodemailer';
import type { Delivery } from '../channel.ts';
import { mailServerAt } from './mail-server-at.ts';
import { readSmtpFailure } from './smtp-failure.ts';
import { watchProgress } from './watch-progress.ts';

/** Some servers take no more over one connection. */
const mailsAConnection = 100;

export type Mail = Omit<
  Parameters<ReturnType<typeof createTransport>['sendMail']>[0],
  'from' | 'attachments' | 'signal'
>;

/** How long the server may take. */
export interface MailLimits {
  /** For its answer to one command, milliseconds. */
  readonly stageMs: number;
  /** For the whole mail, milliseconds: one that trickles meets no other limit. */
  readonly mailMs: number;
  /** How long a connection is kept without a mail, milliseconds; shorter than `stageMs`, which would end it without a goodbye. */
  readonly idleMs: number;
}

export interface MailServer {
  /** As nodemailer reads it, for example `smtp://user:password@mail.example.org:587`. */
  readonly url: string;
  readonly from: string;
}

/** One connection to the mail server that is kept between mails. One mail at a time. */
export interface MailLane {
  send(mail: Mail, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}

interface Attempt {
  readonly delivery: Delivery;
  /** Nothing of the mail was sent, and what went wrong may be about the connection alone. */
  readonly isUntried: boolean;
}

/**
 * Mails over one connection: after a failure it is closed, so that an attempt that is cut off leaves nothing behind that could send it
 * later. A mail of which the server has seen no text goes at once over a new connection when the old one had been kept: the server may
 * have ended that one, or have had enough of it.
 */
export function createMailLane(smtp: MailServer, limits: MailLimits): MailLane {
  let kept: ReturnType<typeof connect> | null = null;

  async function attempt(mail: Mail, cut: AbortSignal): Promise<Attempt> {
    const connection = (kept ??= connect(smtp, limits));
    connection.progress.restart();
    try {
      const sent = await connection.transport.sendMail({ ...mail, from: smtp.from, signal: cut });
      connection.isUsed = true;
      return { delivery: { outcome: 'delivered', receipt: sent.response }, isUntried: false };
    } catch (error) {
      const textBegun = connection.progress.textBegun();
      const failure = readSmtpFailure(error, textBegun);
      const delivery = cut.aborted ? { ...failure, reason: cutOff(cut) } : failure;
      // An address that is refused says nothing of the connection.
      connection.isUsed = delivery.permanent;
      if (!delivery.permanent) {
        connection.transport.close();
        kept = null;
      }
      return { delivery, isUntried: !textBegun && !delivery.permanent && !cut.aborted };
    }
  }

  return {
    send: async (mail, signal) => {
      const wasUsed = kept?.isUsed ?? false;
      const cut = AbortSignal.any([signal, AbortSignal.timeout(limits.mailMs)]);
      const first = await attempt(mail, cut);
      if (!wasUsed || !first.isUntried) return first.delivery;
      return (await attempt(mail, cut)).delivery;
    },
    close: () => {
      kept?.transport.close();
      kept = null;
    },
  };
}

/** Why an attempt did not go on. */
export function cutOff(signal: AbortSignal): string {
  return `cut off: ${String((signal.reason as Error).message)}`;
}

function connect(smtp: MailServer, { stageMs, idleMs }: MailLimits) {
  const progress = watchProgress();
  const transport = createTransport({
    ...mailServerAt(smtp.url, stageMs),
    pool: true,
    maxConnections: 1,
    maxMessages: mailsAConnection,
    // What is tried again, and how often, is decided here.
    maxRequeues: 0,
    idleTimeout: idleMs,
    transactionLog: true,
    logger: progress.logger,
  });
  return { transport, progress, isUsed: false };
}
