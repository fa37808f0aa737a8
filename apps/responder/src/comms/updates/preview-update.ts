import { cut } from '../message-text.ts';
import { plainMarkdown } from './plain-markdown.ts';
import type { Addressed } from './targets-of.ts';

/** How an update looks on one channel. */
export interface Preview {
  readonly channel: string;
  readonly text: string;
}

/** Most characters that a channel shows of a text; where more fits than anybody writes there is no limit. */
const longest: Readonly<Record<string, number>> = {
  slack: 2900,
  'incident-channel': 2900,
  teams: 6000,
};

/** A text as each channel of its targets will show it. */
export function previewUpdate(
  subject: string,
  body: string,
  targets: readonly Addressed[],
): readonly Preview[] {
  const channels = [...new Set(targets.map((one) => one.channel))];
  return channels.map((channel) => ({ channel, text: textOn(channel, subject, body) }));
}

function textOn(channel: string, subject: string, body: string): string {
  if (channel === 'status-page') return body;
  const text = cut(plainMarkdown(body), longest[channel] ?? Number.POSITIVE_INFINITY);
  return `${subject}\n\n${text}`;
}
