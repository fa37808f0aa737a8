import { type PageLanguage, pageLanguages, publicStatuses } from '@tocsin/contract';
import { mailWords } from './mail-words.ts';

/** What a mail is made of. */
export interface MailContent {
  readonly address: string;
  readonly language: string;
  readonly token: string;
  /** Null: it asks whether the address is theirs. */
  readonly update: { readonly incidentId: string; readonly status: string; readonly body: string } | null;
}

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  /** Where one POST, by a person or a mail program, ends the subscription; null: there is none yet. */
  readonly leaveUrl: string | null;
}

/** A mail to a subscriber in their language; `pageUrl` is where the page is reached. */
export function writeMail(
  { language: wanted, token, update }: MailContent,
  page: { readonly name: string; readonly url: string },
): WrittenMail {
  const language: PageLanguage = pageLanguages.find((one) => one === wanted) ?? 'en';
  const words = mailWords[language];
  const at = (path: string): string => `${page.url.replace(/\/$/, '')}/${language}/${path}`;
  if (update === null)
    return {
      subject: words.confirmSubject(page.name),
      text: words.confirmText(page.name, at(`confirm/${token}/`)),
      leaveUrl: null,
    };
  const status = publicStatuses.find((one) => one === update.status) ?? 'investigating';
  const leaveUrl = at(`leave/${token}/`);
  const links = `${words.more} ${at(`incidents/${update.incidentId}/`)}\n${words.leave} ${leaveUrl}`;
  return {
    subject: `${page.name}: ${words.status[status]}`,
    text: `${words.status[status]}\n\n${update.body.trim()}\n\n-- \n${links}\n`,
    leaveUrl,
  };
}
