import { createTransport } from 'nodemailer';
import { inTime } from '#platform';
import { alive, dead, type Health } from '../health.ts';
import type { MailServer } from './mail-lane.ts';
import { mailServerAt } from './mail-server-at.ts';
import { readSmtpFailure } from './smtp-failure.ts';

/** Connects as for a mail, signs in, and says goodbye (RFC 5321, RFC 4954); no mail is begun. */
export async function checkMailServer(
  smtp: MailServer,
  stageMs: number,
  signal: AbortSignal,
): Promise<Health> {
  try {
    await inTime(createTransport(mailServerAt(smtp.url, stageMs)).verify(), signal);
    return alive;
  } catch (error) {
    return dead(readSmtpFailure(error, false).reason, passwordIn(smtp.url));
  }
}

function passwordIn(url: string): string {
  const written = URL.parse(url)?.password ?? '';
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
