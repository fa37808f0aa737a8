import { createTransport } from 'nodemailer';
import type { Delivery } from '../../channel.ts';
import type { MailServer } from '../../email/email-channel.ts';
import { readSmtpFailure } from '../../email/smtp-failure.ts';
import { watchProgress } from '../../email/watch-progress.ts';

const stageMs = 10_000;
/** A server that trickles meets no other limit. */
const attemptMs = 30_000;
/** Some servers take no more over one connection. */
const mailsAConnection = 100;
const idleMs = 5000;

export type Mail = Omit<
  Parameters<ReturnType<typeof createTransport>['sendMail']>[0],
  'from' | 'attachments' | 'signal'
>;

/** One connection to the mail server that is kept between mails. One mail at a time. */
export interface MailLane {
  send(mail: Mail, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}

interface Attempt {
  readonly delivery: Delivery;
  /** The connection was no more, and nothing of the mail was sent. */
  readonly wasGone: boolean;
}

/**
 * Mails over one connection: after a failure it is closed, so that an attempt that is cut off leaves nothing behind that could send it
 * later. A mail of which the server has seen no text goes at once over a new connection, when the old one had been kept.
 */
export function createMailLane(smtp: MailServer): MailLane {
  let kept: ReturnType<typeof connect> | null = null;

  async function attempt(mail: Mail, signal: AbortSignal): Promise<Attempt> {
    const connection = (kept ??= connect(smtp));
    const limit = AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]);
    connection.progress.restart();
    try {
      const sent = await connection.transport.sendMail({ ...mail, from: smtp.from, signal: limit });
      connection.mails += 1;
      return { delivery: { outcome: 'delivered', receipt: sent.response }, wasGone: false };
    } catch (error) {
      const textBegun = connection.progress.textBegun();
      const delivery = readSmtpFailure(error, textBegun);
      // An address that is refused says nothing of the connection.
      if (!delivery.permanent) {
        connection.transport.close();
        kept = null;
      }
      return { delivery, wasGone: !textBegun && isGone(error) };
    }
  }

  return {
    send: async (mail, signal) => {
      const wasUsed = kept !== null && kept.mails > 0;
      const first = await attempt(mail, signal);
      if (!wasUsed || !first.wasGone || signal.aborted) return first.delivery;
      return (await attempt(mail, signal)).delivery;
    },
    close: () => {
      kept?.transport.close();
      kept = null;
    },
  };
}

/** The server has ended the connection, with a word (421) or without. */
function isGone(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number };
  return responseCode === undefined || responseCode === 421;
}

function connect(smtp: MailServer) {
  const progress = watchProgress();
  const transport = createTransport({
    url: smtp.url,
    pool: true,
    maxConnections: 1,
    maxMessages: mailsAConnection,
    // What is tried again, and how often, is decided here.
    maxRequeues: 0,
    idleTimeout: idleMs,
    connectionTimeout: stageMs,
    greetingTimeout: stageMs,
    socketTimeout: stageMs,
    dnsTimeout: stageMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
    logger: progress.logger,
  });
  return { transport, progress, mails: 0 };
}
