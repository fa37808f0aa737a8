import { createTransport } from 'nodemailer';
import type { Channel, Delivery, OutgoingMessage } from '../channel.ts';
import { readSmtpFailure } from './smtp-failure.ts';
import { watchProgress } from './watch-progress.ts';

/** Shorter than the 5 s lease of a message row, so that an attempt has ended before anybody else may begin one. */
const limitMs = 4000;
const stageMs = 3000;

/** Pages by SMTP; `url` as nodemailer reads it, for example `smtp://user:password@mail.example.org:587`. */
export function createEmailChannel(smtp: { readonly url: string; readonly from: string }): Channel {
  return {
    deliver: (message, signal) => send(smtp, message, signal),
    close: () => undefined,
  };
}

/** One connection a message: an attempt that is cut off leaves nothing behind that could send it later. */
async function send(
  smtp: { readonly url: string; readonly from: string },
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<Delivery> {
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
  const cut = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    const sent = await Promise.race([transport.sendMail(toMail(smtp.from, message)), rejectOn(cut)]);
    return { outcome: 'delivered', receipt: sent.response };
  } catch (error) {
    return readSmtpFailure(error, progress.textBegun());
  } finally {
    transport.close();
  }
}

function toMail(
  from: string,
  message: OutgoingMessage,
): Parameters<ReturnType<typeof createTransport>['sendMail']>[0] {
  const repeat = message.mayBeRepeat
    ? 'This may be a repeat: an earlier attempt was cut off, and it is not known whether it arrived.\n\n'
    : '';
  return {
    from,
    to: message.address,
    subject: oneLine(message.subject),
    text: repeat + message.body,
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
    const fail = (): void => reject(new Error(`cut off: ${String(signal.reason)}`));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

const longestSubject = 200;

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestSubject ? `${line.slice(0, longestSubject - 1)}…` : line;
}

function domainOf(from: string): string {
  return /@([^\s>]+)/.exec(from)?.[1] ?? 'tocsin';
}
