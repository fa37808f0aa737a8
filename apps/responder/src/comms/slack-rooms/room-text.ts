import type { Incident } from '#incidents';
import { cut, oneLine } from '../message-text.ts';

/** A topic holds 250 characters. Source: docs.slack.dev, conversations.setTopic. */
const longestTopic = 250;
const listedSteps = 5;

/** How an incident stands, in a line that does not change with every measurement. */
export function roomTopic(incident: Incident): string {
  const { severity, number, title, status, roles } = incident;
  const commander = roles.commander === undefined ? 'nobody has taken it' : `commander ${roles.commander}`;
  const head = `${incident.drill === null ? '' : 'DRILL '}[${severity}] #${number} ${status}`;
  return cut(oneLine(`${head}, ${commander}: ${title}`), longestTopic);
}

/** The pinned summary: who does what, what it is held to be, what is done about it. */
export function roomSummary(incident: Incident, publicUrl: string | null): string {
  const { roles, diagnoses, steps, id, status } = incident;
  const [best] = diagnoses;
  const people = Object.entries(roles).map(([role, person]) => `${role}: ${person}`);
  const newest = steps.slice(-listedSteps).map((one) => `- ${one.label} on ${one.target}: ${one.status}`);
  return [
    `${roomTopic(incident)}`,
    ...people,
    `Diagnosis: ${best === undefined ? 'not known yet' : `${best.id} ${best.subject}`}`,
    ...(newest.length === 0 ? [] : ['Changes:', ...newest]),
    ...(status === 'resolved' ? ['Closed.'] : []),
    ...(publicUrl === null ? [] : [`${publicUrl.replace(/\/+$/, '')}/incidents/${id}`]),
  ].join('\n');
}
