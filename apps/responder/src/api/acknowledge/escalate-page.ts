import type { OpenedLink } from '#comms';
import { refusals } from './acknowledge-page.ts';
import { html, type Html } from './html.ts';

/** What a link that calls the next level shows: the incident and one button, which is a POST, or why there is none. */
export function escalatePage(opened: OpenedLink, level: number): { status: number; content: Html } {
  if ('refused' in opened) return refusals[opened.refused];
  const { incident, person } = opened;
  const heading = html`<h1>#${incident.number} ${incident.title}</h1>
    <p>${incident.severity}: ${incident.severityReason}</p>`;
  const why = whyNot(incident, level);
  if (why !== null)
    return {
      status: 200,
      content: html`${heading}
        <p role="status">${why}</p>`,
    };
  return {
    status: 200,
    content: html`${heading}
      <p>Level ${level} of the escalation matrix is paged at once, ahead of its time.</p>
      <form method="post"><button type="submit">Call level ${level} as ${person.name}</button></form>`,
  };
}

function whyNot(
  { status, escalationLevel }: Exclude<OpenedLink, { refused: unknown }>['incident'],
  level: number,
): string | null {
  if (status !== 'open') return `It is ${status}: nobody else is called.`;
  return level <= escalationLevel ? `Level ${level} has been called already.` : null;
}
