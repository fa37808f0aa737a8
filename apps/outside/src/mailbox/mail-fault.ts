import { z } from 'zod';

/**
 * How the SMTP server behaves:
 * - `normal`: takes every message.
 * - `refuse`: 550 to every recipient, for good.
 * - `greylist`: 450 to a sender's first try for a recipient; a later try is taken.
 * - `busy`: 421 instead of a greeting.
 * - `slow`: takes the message, answers after `delayMs`.
 * - `hang`: accepts the connection and says nothing, ever.
 * - `lost-answer`: takes the message, then breaks the connection before it answers: the sender cannot know.
 */
export const mailFault = z.strictObject({
  mode: z.enum(['normal', 'refuse', 'greylist', 'busy', 'slow', 'hang', 'lost-answer']),
  delayMs: z.number().int().min(0).max(600_000).default(5000),
});

export type MailFault = z.output<typeof mailFault>;
export type MailFaultMode = MailFault['mode'];

/** A refusal in SMTP's words: the reply code and its text with the enhanced status code. */
export interface SmtpRefusal {
  code: 421 | 450 | 550;
  text: string;
}

/** What a client hears instead of a greeting; null when it is greeted. `hang` never gets this far. */
export function refusesConnection(mode: MailFaultMode): SmtpRefusal | null {
  return mode === 'busy' ? { code: 421, text: '4.3.2 Service not available, try again later' } : null;
}

/** What is said to a recipient; `triedBefore` tells whether this sender was put off for this recipient already. */
export function refusesRecipient(mode: MailFaultMode, triedBefore: boolean): SmtpRefusal | null {
  switch (mode) {
    case 'refuse':
      return { code: 550, text: '5.1.1 Mailbox unavailable' };
    case 'greylist':
      return triedBefore ? null : { code: 450, text: '4.7.1 Greylisted, try again later' };
    case 'normal':
    case 'busy':
    case 'slow':
    case 'hang':
    case 'lost-answer':
      return null;
    default:
      return mode satisfies never;
  }
}
