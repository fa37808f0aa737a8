import { urlUnder } from '#platform';
import type { Incident } from '#incidents';
import { cut, oneLine } from '../message-text.ts';
import { escapeMrkdwn, plain } from '../slack/plain-text.ts';

/** A topic holds 250 characters. Source: docs.slack.dev, conversations.setTopic. */
const longestTopic = 250;
/** A section holds 3,000. */
const longestSummary = 2900;
const listedSteps = 5;
const listedTenants = 10;

/** Where else an incident is seen. */
export interface RoomLinks {
  /** Of the console; null where it is not known. */
  readonly publicUrl: string | null;
  readonly statusPageUrl: string | null;
}

/** How an incident stands, in a line that does not change with every measurement. */
export function roomTopic(incident: Incident): string {
  const { severity, number, title, status, roles } = incident;
  const commander = roles.commander === undefined ? 'nobody has taken it' : `commander ${roles.commander}`;
  const head = `${incident.drill === null ? '' : 'DRILL '}[${severity}] #${number} ${status}`;
  return cut(oneLine(`${head}, ${commander}: ${title}`), longestTopic);
}

/** The pinned summary: since when, who does what, who is hit, what it is held to be, what is done about it, who was told. */
export function roomSummary(incident: Incident): string {
  const { roles, diagnoses, steps, detectedAt } = incident;
  const [best] = diagnoses;
  const people = Object.entries(roles).map(([role, person]) => `${role}: ${person}`);
  const newest = steps.slice(-listedSteps).map((one) => `- ${one.label} on ${one.target}: ${one.status}`);
  const lines = [
    roomTopic(incident),
    `Detected: ${instant(detectedAt)}`,
    ...people,
    ...affected(incident.affectedTenants ?? []),
    `Diagnosis: ${best === undefined ? 'not known yet' : `${best.id} ${best.subject}`}`,
    ...(newest.length === 0 ? [] : ['Changes:', ...newest]),
    ...told(incident),
    ...ended(incident),
  ];
  return cut(lines.join('\n'), longestSummary);
}

function affected(tenants: readonly string[]): readonly string[] {
  if (tenants.length === 0) return [];
  const more = tenants.length - listedTenants;
  const names = tenants.slice(0, listedTenants).join(', ');
  return [`Affected: ${names}${more > 0 ? ` and ${more} more` : ''}`];
}

function told({ updates = {} }: Incident): readonly string[] {
  return Object.entries(updates).flatMap(([audience, { lastAt, lastStatus }]) =>
    lastAt === null ? [] : [`Told ${audience}: ${lastStatus ?? 'an update'}, ${instant(lastAt)}`],
  );
}

function ended({ mitigatedAt, resolvedAt }: Incident): readonly string[] {
  return [
    ...(mitigatedAt === null ? [] : [`Harm ended: ${instant(mitigatedAt)}`]),
    ...(resolvedAt === null ? [] : [`Closed: ${instant(resolvedAt)}`]),
  ];
}

/** What stands beside the summary: links, and the channels before this one. */
export function roomLinks(incident: Incident, links: RoomLinks): readonly { title: string; link: string }[] {
  const { publicUrl, statusPageUrl } = links;
  return [
    ...(publicUrl === null
      ? []
      : [{ title: `Incident #${incident.number}`, link: consoleUrl(publicUrl, incident.id) }]),
    ...(statusPageUrl === null ? [] : [{ title: 'Status page', link: statusPageUrl }]),
  ];
}

/** The summary as a message: plain text, so that nothing in it becomes a mention, and links of our own making. */
export function summaryMessage(
  text: string,
  links: readonly { readonly title: string; readonly link: string }[],
  previous: readonly string[],
): object {
  const seen = [
    ...links.map(({ title, link }) => `<${escapeMrkdwn(link)}|${escapeMrkdwn(title)}>`),
    ...previous.map((channel) => `before: <#${channel}>`),
  ].join(' | ');
  return {
    text: 'Summary',
    unfurl_links: false,
    blocks: [
      { type: 'section', text: plain(text) },
      ...(seen === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: seen }] }]),
    ],
  };
}

/** Said before the channel is archived; `other`: the channel of the incident that it was merged into. */
export function lastWord(incident: Incident, publicUrl: string | null, other: string | null): object {
  const { number, detectedAt, resolvedAt, mergedInto, id } = incident;
  const minutes = Math.max(1, Math.round(((resolvedAt ?? detectedAt) - detectedAt) / 60_000));
  const lines = [
    mergedInto === null
      ? `Incident #${number} is closed, ${minutes} min after it was detected.`
      : `Incident #${number} is one outage with #${mergedInto.number}: it goes on ${other === null ? 'there' : `in <#${other}>`}.`,
    ...(publicUrl === null
      ? []
      : [`Its timeline and its review: ${escapeMrkdwn(consoleUrl(publicUrl, id))}`]),
    'This channel is archived now. If the incident is opened again it gets a new one, which leads here.',
  ];
  return { text: lines.join('\n'), unfurl_links: false };
}

function consoleUrl(publicUrl: string, id: string): string {
  return urlUnder(publicUrl, `incidents/${id}`);
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
