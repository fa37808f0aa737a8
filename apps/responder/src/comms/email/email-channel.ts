import { createTransport } from 'nodemailer';
import { type Channel, type Delivery, deliveryLimitMs, type OutgoingMessage } from '../channel.ts';
import { fullText, oneLine } from '../message-text.ts';
import { readSmtpFailure } from './smtp-failure.ts';
import { watchProgress } from './watch-progress.ts';

const stageMs = 3000;

export interface MailServer {
  /** As nodemailer reads it, for example `smtp://user:password@mail.example.org:587`. */
  readonly url: string;
  readonly from: string;
}

/** Pages by SMTP. */
export function createEmailChannel(smtp: MailServer, limitMs = deliveryLimitMs): Channel {
  return {
    deliver: (message, signal) => send(smtp, { message, limitMs }, signal),
    close: () => undefined,
  };
}

/** One connection a message: an attempt that is cut off leaves nothing behind that could send it later. */
async function send(
  smtp: MailServer,
  { message, limitMs }: { readonly message: OutgoingMessage; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Delivery> {
  const cut = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const progress = watchProgress();
  const transport = createTransport({
    url: smtp.url,
    connectionTimeout: stageMs,
    greetingTimeout: stageMs,
    socketTimeout: stageMs,
    dnsTimeout: stageMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
    logger: progress.logger,
  });
  try {
    // Closing the transport ends no mail that is on its way; the signal does.
    const mail = { ...toMail(smtp.from, message), signal: cut };
    const sent = await Promise.race([transport.sendMail(mail), rejectOn(cut)]);
    return { outcome: 'delivered', receipt: sent.response };
  } catch (error) {
    const failure = readSmtpFailure(error, progress.textBegun());
    return cut.aborted ? { ...failure, reason: cutOff(cut) } : failure;
  } finally {
    transport.close();
  }
}

function toMail(
  from: string,
  message: OutgoingMessage,
): Parameters<ReturnType<typeof createTransport>['sendMail']>[0] {
  return {
    from,
    to: message.address,
    subject: oneLine(message.subject),
    text: fullText(message),
    messageId: `<${message.id}@${domainOf(from)}>`,
    priority: 'high',
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(message.incidentId === null ? {} : { 'X-Tocsin-Incident': message.incidentId }),
      ...(message.mayBeRepeat ? { 'X-Tocsin-May-Be-Repeat': 'true' } : {}),
    },
  };
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(new Error(cutOff(signal)));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

function cutOff(signal: AbortSignal): string {
  return `cut off: ${String((signal.reason as Error).message)}`;
}

function domainOf(from: string): string {
  return /@([^\s>]+)/.exec(from)?.[1] ?? 'tocsin';
}
