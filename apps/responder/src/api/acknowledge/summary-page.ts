import type { OpenedSummary } from '#comms';
import { refusals } from './acknowledge-page.ts';
import { html, type Html } from './html.ts';

/** What the link of a summary shows: what of it still waits and one button for all of that, which is a POST, or why there is none. */
export function summaryPage(opened: OpenedSummary): { status: number; content: Html } {
  if ('refused' in opened) return refusals[opened.refused];
  const { person, waiting } = opened;
  if (waiting.length === 0)
    return { status: 200, content: html`<h1 role="status">Nothing of it waits for an answer any more</h1>` };
  const lines = waiting.map(
    ({ number, severity, title }) => html`<li>[${severity}] #${number} ${title}</li>`.html,
  );
  const what = waiting.length === 1 ? 'incident waits' : 'incidents wait';
  return {
    status: 200,
    content: html`<h1>${waiting.length} ${what} for you</h1>
      <form method="post">
        <button type="submit">Acknowledge all ${waiting.length} as ${person.name}</button>
      </form>
      <ul>
        ${{ html: lines.join('') }}
      </ul>`,
  };
}
