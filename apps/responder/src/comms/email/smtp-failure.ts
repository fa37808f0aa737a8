import type { Delivery } from '../channel.ts';

/** SMTP stages before the message text is handed over: what fails here has certainly not been sent. */
const beforeText = new Set(['CONN', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'API', 'MAIL FROM', 'RCPT TO']);
const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EDNS',
  'ECONNECTION',
]);

/** What nodemailer's error means: a 5xx answer is for good, everything else passes; silence after the text may be a success. */
export function readSmtpFailure(error: unknown): Delivery {
  const { responseCode, command, code, message } = error as {
    responseCode?: number;
    command?: string;
    code?: string;
    message?: string;
  };
  const answered = responseCode !== undefined;
  return {
    outcome: 'failed',
    permanent: answered && responseCode >= 500 && responseCode < 600 && !isLoginTrouble(command, code),
    maybeSent: !answered && !beforeText.has(command ?? '') && !unreachable.has(code ?? ''),
    reason: message ?? String(error),
  };
}

/** A refused login is ours to repair, not the address's fault: it is tried again until the configuration is right. */
function isLoginTrouble(command: string | undefined, code: string | undefined): boolean {
  return code === 'EAUTH' || command?.startsWith('AUTH') === true;
}
