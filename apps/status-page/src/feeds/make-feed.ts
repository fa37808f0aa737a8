import { Feed } from 'feed';
import type { PageIncident } from '@tocsin/contract';
import { instantText, type Writing } from '../pages/format.ts';
import { escapeHtml } from '../pages/html.ts';
import { titleOf } from '../pages/incident-article.ts';
import { markdown } from '../pages/markdown.ts';
import { shownUpdates } from '../pages/shown-updates.ts';

const mostItems = 25;

/** Incidents as a feed, newest first; each with all that was told of it. `address` makes whole urls. */
export function makeFeed(writing: Writing, language: string, address: (path: string) => string): Feed {
  const { words, snapshot } = writing;
  const feed = new Feed({
    title: words.title(snapshot.page.name),
    id: address(''),
    link: address(''),
    language,
    updated: new Date(snapshot.changedAt),
    generator: 'Tocsin',
    feedLinks: { atom: address('history.atom'), rss: address('history.rss'), json: address('feed.json') },
  });
  for (const incident of snapshot.incidents.slice(0, mostItems)) {
    const updates = shownUpdates(incident, words);
    feed.addItem({
      title: `${titleOf(writing, incident)} (${words.status[incident.status]})`,
      id: address(`incidents/${incident.id}/`),
      link: address(`incidents/${incident.id}/`),
      date: new Date(updates[0]?.at ?? incident.startedAt),
      published: new Date(incident.startedAt),
      content: contentOf(writing, incident),
    });
  }
  return feed;
}

function contentOf({ words, snapshot }: Writing, incident: PageIncident): string {
  return shownUpdates(incident, words)
    .map(({ at, status, body }) => {
      const head = `${instantText(words, snapshot.page.timeZone, at)}: ${words.status[status]}`;
      return `<p><strong>${escapeHtml(head)}</strong></p>${markdown(body).html}`;
    })
    .join('\n');
}
