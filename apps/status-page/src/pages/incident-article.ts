import type { PageIncident, PageUpdate } from '@tocsin/contract';
import { instant, type Writing } from './format.ts';
import { html, type Html } from './html.ts';
import { markdown } from './markdown.ts';
import { incidentTitle, shownUpdates } from './shown-updates.ts';

/** One incident with all that was told of it, newest first. */
export function incidentArticle(writing: Writing, incident: PageIncident, heading: 'h1' | 'h2' | 'h3'): Html {
  const { words, link } = writing;
  const title = html`<a href="${link(`incidents/${incident.id}/`)}">${titleOf(writing, incident)}</a>`;
  const headings = {
    h1: html`<h1>${titleOf(writing, incident)}</h1>`,
    h2: html`<h2>${title}</h2>`,
    h3: html`<h3>${title}</h3>`,
  };
  return html`<article class="incident ${incident.worst ?? ''}">
    ${headings[heading]}
    <p class="when">${when(writing, incident)}</p>
    ${updateList(writing, shownUpdates(incident, words))}
  </article>`;
}

/** What was told, newest first. */
export function updateList(writing: Writing, updates: readonly PageUpdate[]): Html {
  const items = updates.map(
    (one) =>
      html`<li>
        <p>
          <strong>${writing.words.status[one.status]}</strong>
          <span class="when">${instant(writing, one.at)}</span>
        </p>
        ${markdown(one.body)}
      </li>`,
  );
  return html`<ol class="updates" reversed>
    ${items}
  </ol>`;
}

export function titleOf({ words, snapshot }: Writing, incident: PageIncident): string {
  return incidentTitle(incident, words, new Map(snapshot.components.map(({ id, name }) => [id, name])));
}

function when(writing: Writing, { startedAt, resolvedAt, nextUpdateAt }: PageIncident): Html {
  const { words } = writing;
  const parts = [
    said(writing, words.started, startedAt),
    ...(resolvedAt === null ? [] : [said(writing, words.resolved, resolvedAt)]),
    ...(nextUpdateAt === null ? [] : [said(writing, words.nextUpdate, nextUpdateAt)]),
  ];
  return html`${parts.map((part, index) => html`${index === 0 ? '' : ' · '}${part}`)}`;
}

/** A sentence around an instant, which stays a `<time>`. */
export function said(writing: Writing, sentence: (at: string) => string, at: string): Html {
  const [before = '', after = ''] = sentence('\u0000').split('\u0000');
  return html`${before}${instant(writing, at)}${after}`;
}
