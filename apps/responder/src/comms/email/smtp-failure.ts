import type { FailedDelivery } from '../channel.ts';

const badSequence = 503;

/**
 * What nodemailer's error means: a 5xx answer is for good, everything else passes; so does 503, which is about the dialogue and not the mail. Silence after `textBegun` (the server
 * asked for the text) may have been a success. The error's own `command` does not tell: a broken connection always says CONN.
 */
export function readSmtpFailure(error: unknown, textBegun: boolean): FailedDelivery {
  const { responseCode, command, code, message } = error as {
    responseCode?: number;
    command?: string;
    code?: string;
    message?: string;
  };
  const answered = responseCode !== undefined;
  const refused = answered && responseCode >= 500 && responseCode < 600 && responseCode !== badSequence;
  return {
    outcome: 'failed',
    permanent: refused && !isLoginTrouble(command, code),
    maybeSent: textBegun && !answered,
    reason: message ?? String(error),
  };
}

/** A refused login is ours to repair, not the address's fault: it is tried again until the configuration is right. */
function isLoginTrouble(command: string | undefined, code: string | undefined): boolean {
  return code === 'EAUTH' || command?.startsWith('AUTH') === true;
}
