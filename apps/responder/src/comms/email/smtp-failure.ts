import type { FailedDelivery } from '../channel.ts';

const badSequence = 503;
const serviceUnavailable = 421;

/**
 * What nodemailer's error means: a 5xx answer is for good, everything else passes; so does 503, which is about the dialogue and not the mail. Silence after `textBegun` (the server
 * asked for the text) may have been a success. The error's own `command` does not tell: a broken connection always says CONN.
 */
export function readSmtpFailure(error: unknown, textBegun: boolean): FailedDelivery {
  const { responseCode, command, code, message, response } = error as Readonly<{
    responseCode?: number;
    command?: string;
    code?: string;
    message?: string;
    response?: string;
  }>;
  const answered = responseCode !== undefined;
  const refused = answered && responseCode >= 500 && responseCode < 600 && responseCode !== badSequence;
  return {
    outcome: 'failed',
    permanent: refused && !isLoginTrouble(command, code),
    maybeSent: textBegun && !answered,
    reason: message ?? String(error),
    ...(isMailbox(responseCode, command, response) ? { aboutAddress: true } : {}),
  };
}

/** What passes and was said to the address or to the text: of the mailbox, unless it names the system, the network or the protocol (RFC 3463). */
function isMailbox(status = 0, command = '', response = ''): boolean {
  const passes = status >= 400 && status < 500 && status !== serviceUnavailable;
  return passes && ['RCPT TO', 'DATA'].includes(command) && !/^\d{3}[ -]4\.[345]\./.test(response);
}

/** A refused login is ours to repair, not the address's fault: it is tried again until the configuration is right. */
function isLoginTrouble(command: string | undefined, code: string | undefined): boolean {
  return code === 'EAUTH' || command?.startsWith('AUTH') === true;
}
