import { createHash } from 'node:crypto';
import type { PageLanguage } from '@tocsin/contract';
import { wordsByLanguage } from '../words/words-by-language.ts';
import type { Writing } from './format.ts';
import { html, type Html, trusted } from './html.ts';
import { style, styleTag } from './style.ts';

export interface PageFrame {
  readonly language: PageLanguage;
  /** Of this very page, below its language, for example `history/`. */
  readonly path: string;
  /** Where each language of the page is. */
  readonly addressIn: (language: PageLanguage, path: string) => string;
  readonly title: string;
}

/** A whole page around its content. Nothing is loaded but the logo, nothing runs. */
export function wholePage(writing: Writing, frame: PageFrame, content: Html): string {
  const { words, snapshot, link } = writing;
  const { page } = snapshot;
  const { language, path, addressIn, title } = frame;
  const logo = page.logoUrl === null ? null : html`<img src="${page.logoUrl}" alt="" />`;
  const alternates = page.languages.map(
    (one) => html`<link rel="alternate" hreflang="${one}" href="${addressIn(one, path)}" />`,
  );
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy(page.accent, page.logoUrl)}" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${alternates}
        <link rel="alternate" type="application/atom+xml" title="Atom" href="${link('history.atom')}" />
        <link rel="alternate" type="application/rss+xml" title="RSS" href="${link('history.rss')}" />
        <link rel="alternate" type="application/feed+json" title="JSON Feed" href="${link('feed.json')}" />
        ${styleTag(page.accent)}
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header>
          <div>
            <p><a href="${link('')}">${logo}${page.name}</a></p>
            ${languageLinks(writing, frame)}
          </div>
        </header>
        <main id="main">${content}</main>
        ${footer(writing)}
      </body>
    </html> `.html;
}

/** What a page may load and run: its own style and its logo. */
function contentPolicy(accent: string | null, logoUrl: string | null): string {
  const hash = createHash('sha256').update(style(accent)).digest('base64');
  const images = logoUrl === null ? `'none'` : new URL(logoUrl).origin;
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src ${images}; base-uri 'none'; form-action 'self'`;
}

function languageLinks({ words, snapshot }: Writing, { language, path, addressIn }: PageFrame): Html | null {
  const { languages } = snapshot.page;
  if (languages.length < 2) return null;
  const items = languages.map((one) => {
    const name = wordsByLanguage[one].language;
    if (one === language) return html`<li><span aria-current="true">${name}</span></li>`;
    return html`<li><a lang="${one}" hreflang="${one}" href="${addressIn(one, path)}">${name}</a></li>`;
  });
  return html`<nav aria-label="${words.languages}">
    <ul>
      ${items}
    </ul>
  </nav>`;
}

function footer({ words, snapshot, link, reportsAt, subscribeAt }: Writing): Html {
  const { homeUrl, supportUrl } = snapshot.page;
  return html`<footer>
    <span
      >${words.feeds}: <a href="${link('history.atom')}">Atom</a> · <a href="${link('history.rss')}">RSS</a> ·
      <a href="${link('feed.json')}">JSON</a></span
    >
    ${subscribeAt === null ? null : html`<a href="${subscribeAt}">${words.subscribe.title}</a>`}
    ${reportsAt === null ? null : html`<a href="${reportsAt}">${words.report.title}</a>`}
    ${homeUrl === null ? null : html`<a href="${homeUrl}">${words.home}</a>`}
    ${supportUrl === null ? null : html`<a href="${supportUrl}">${words.support}</a>`}
  </footer>`;
}

/** Said on every page while nobody confirms what it shows. */
export function staleNotice(text: string): Html {
  return html`<p class="stale" role="status">${trusted(text)}</p>`;
}
