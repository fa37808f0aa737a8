import { type Channel, deliveryLimitMs, type OutgoingMessage } from '../channel.ts';
import { fullText, oneLine } from '../message-text.ts';
import { checkMailServer } from './check-mail-server.ts';
import type { Mail, MailServer } from './mail-lane.ts';
import { createMailLanes } from './mail-lanes.ts';

/** Below the 50 that Postfix allows a client at once: for every page on its way, and a notice. */
const count = 49;
/** Long enough for a burst; what is not used is soon another's. */
const idleMs = 1000;
const stageMs = 3000;

/** Pages by SMTP, over connections that are kept for a moment: many at once do not introduce themselves one by one. */
export function createEmailChannel(smtp: MailServer, limitMs = deliveryLimitMs): Channel {
  const lanes = createMailLanes(smtp, { count, stageMs, mailMs: limitMs, idleMs });
  return {
    deliver: (message, signal) => lanes.send(toMail(smtp.from, message), signal),
    check: (signal) => checkMailServer(smtp, stageMs, signal),
    close: () => lanes.close(),
  };
}

function toMail(from: string, message: OutgoingMessage): Mail {
  return {
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

function domainOf(from: string): string {
  return /@([^\s>]+)/.exec(from)?.[1] ?? 'tocsin';
}
