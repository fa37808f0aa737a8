import type { PageLanguage, PageSnapshot } from '@tocsin/contract';
import { apiDocuments } from './api/v2.ts';
import { makeFeed } from './feeds/make-feed.ts';
import { instantText, monthText, type Writing } from './pages/format.ts';
import { historyPage, monthsOf } from './pages/history-page.ts';
import { homePage } from './pages/home-page.ts';
import { escapeHtml, type Html, html } from './pages/html.ts';
import { incidentArticle, titleOf } from './pages/incident-article.ts';
import { staleNotice, wholePage } from './pages/whole-page.ts';
import { wordsByLanguage } from './words/words-by-language.ts';

/** One document of the site, made when it is first asked for. */
export interface Resource {
  readonly type: string;
  readonly make: () => string;
}

/** Since when nobody has confirmed what is shown, and for how long, minutes. */
export interface Staleness {
  readonly since: string;
  readonly minutes: number;
}

/** Documents by their path without a leading slash; pages end in a slash and lie below their language, `de/history/`. */
export type Site = ReadonlyMap<string, Resource>;

export interface SiteOptions {
  readonly stale: Staleness | null;
  /** Which forms pages lead to: static copies have nobody who would take them. */
  readonly takes: { readonly reports: boolean; readonly subscribers: boolean };
}

/** Everything that a snapshot becomes. */
export function siteOf(snapshot: PageSnapshot, options: SiteOptions): Site {
  const site = new Map<string, Resource>();
  for (const [name, document] of Object.entries(apiDocuments(snapshot)))
    site.set(
      `api/v2/${name}`,
      json(() => JSON.stringify(document)),
    );
  for (const language of snapshot.page.languages)
    for (const [path, resource] of resourcesIn(language, snapshot, options))
      site.set(`${language}/${path}`, resource);
  return site;
}

/** How a page is written in a language, and where its pages are in each. */
export function writingIn(language: PageLanguage, snapshot: PageSnapshot) {
  const { pathname } = new URL(snapshot.page.url);
  const root = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const addressIn = (one: PageLanguage, path: string): string => `${root}${one}/${path}`;
  const link = (path: string): string => addressIn(language, path);
  const writing: Writing = {
    words: wordsByLanguage[language],
    snapshot,
    link,
    reportsAt: null,
    subscribeAt: null,
  };
  return { writing, addressIn };
}

function resourcesIn(language: PageLanguage, snapshot: PageSnapshot, { stale, takes }: SiteOptions) {
  const base = new URL(snapshot.page.url);
  const { writing: plain, addressIn } = writingIn(language, snapshot);
  const at = (does: boolean, path: string): string | null => (does ? plain.link(path) : null);
  const writing = {
    ...plain,
    reportsAt: at(takes.reports, 'report/'),
    subscribeAt: at(takes.subscribers, 'subscribe/'),
  };
  const { words } = writing;
  const notice = stale === null ? null : noticeOf(writing, stale);
  const { name } = snapshot.page;
  const page = (path: string, title: string, content: () => Html): [string, Resource] => [
    path,
    {
      type: 'text/html; charset=utf-8',
      make: () => wholePage(writing, { language, path, addressIn, title }, content()),
    },
  ];
  const withNotice = (content: Html): Html => html`${notice}${content}`;
  const months = monthsOf(snapshot);
  const history = (path: string, month: string): [string, Resource] =>
    page(path, `${words.history}: ${monthText(words, month)} - ${name}`, () =>
      withNotice(historyPage(writing, month)),
    );
  return [
    page('', words.title(name), () => homePage(writing, notice)),
    history('history/', months[0] ?? snapshot.today.slice(0, 7)),
    ...months.map((month) => history(`history/${month}/`, month)),
    ...snapshot.incidents.map((one) =>
      page(`incidents/${one.id}/`, `${titleOf(writing, one)} - ${name}`, () =>
        withNotice(
          html`${incidentArticle(writing, one, 'h1')}
            <p><a href="${writing.link('')}">${words.back}</a></p>`,
        ),
      ),
    ),
    ...feedsOf(writing, language, (path) => new URL(addressIn(language, path), base).href),
  ];
}

function feedsOf(
  writing: Writing,
  language: PageLanguage,
  address: (path: string) => string,
): readonly [string, Resource][] {
  const feed = () => makeFeed(writing, language, address);
  return [
    ['history.atom', { type: 'application/atom+xml; charset=utf-8', make: () => feed().atom1() }],
    ['history.rss', { type: 'application/rss+xml; charset=utf-8', make: () => feed().rss2() }],
    ['feed.json', json(() => feed().json1(), 'application/feed+json; charset=utf-8')],
  ];
}

function noticeOf({ words, snapshot }: Writing, { since, minutes }: Staleness): Html {
  return staleNotice(escapeHtml(words.stale(instantText(words, snapshot.page.timeZone, since), minutes)));
}

function json(make: () => string, type = 'application/json; charset=utf-8'): Resource {
  return { type, make };
}
