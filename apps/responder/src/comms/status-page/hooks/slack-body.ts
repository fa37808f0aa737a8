import { publicStatuses } from '@tocsin/contract';
import { cut, oneLine } from '../../message-text.ts';
import { escapeMrkdwn, plain } from '../../slack/plain-text.ts';
import { mailWords } from '../subscribers/mail-words.ts';
import type { HookPage, HookRow, PostContent } from './hook-row.ts';
import { hookWords } from './hook-words.ts';
import { pageLinks } from './page-links.ts';

/** A header holds 150 characters, a section 3,000. Source: docs.slack.dev, Block Kit. */
const longest = { header: 150, section: 2900 } as const;

/** What an incoming webhook of Slack's gets: plain text, so that nothing in it becomes a mention, and links of ours. */
export function slackBody(
  hook: Pick<HookRow, 'language' | 'token'>,
  { incidentId, mayBeRepeat, updates }: PostContent,
  page: HookPage,
): object {
  const links = pageLinks(page.url, hook.language, hook.token);
  const words = hookWords[links.language];
  const mark = mayBeRepeat ? `${words.repeat} ` : '';
  const leave = linkTo(links.leave, words.leave);
  if (incidentId === null)
    return message(`${mark}${page.name}`, words.confirm(page.name), [
      linkTo(links.confirm, words.confirmLink),
      leave,
    ]);
  const [newest] = updates;
  const status = publicStatuses.find((one) => one === newest?.status) ?? 'investigating';
  const title = `${mark}${page.name}: ${mailWords[links.language].status[status]}`;
  return message(title, newest?.body ?? '', [linkTo(links.incident(incidentId), words.more), leave]);
}

function message(title: string, text: string, links: readonly string[]): object {
  const line = oneLine(title);
  return {
    // Shown in the notification.
    text: escapeMrkdwn(line),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(cut(line, longest.header)) },
      { type: 'section', text: plain(cut(text.trim() || ' ', longest.section)) },
      { type: 'context', elements: [{ type: 'mrkdwn', text: links.join('  ·  ') }] },
    ],
  };
}

function linkTo(url: string, text: string): string {
  return `<${escapeMrkdwn(url)}|${escapeMrkdwn(text)}>`;
}
