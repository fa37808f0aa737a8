/** Text that Slack shows as it is. */
export function plain(text: string): object {
  return { type: 'plain_text', text, emoji: false };
}

/** Text for a field that reads mrkdwn: nothing in it becomes a mention or a link. Source: docs.slack.dev, "Escaping text". */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
