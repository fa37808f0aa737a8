import type { PageSnapshot } from '@tocsin/contract';
import { monthOf, monthText, type Writing } from './format.ts';
import { html, type Html } from './html.ts';
import { incidentArticle } from './incident-article.ts';

const mostMonths = 36;

/** Months that the page can tell of, newest first, as `2026-03`. */
export function monthsOf(snapshot: PageSnapshot): readonly string[] {
  const newest = Temporal.PlainDate.from(snapshot.today).toPlainYearMonth();
  const oldest = snapshot.incidents
    .map((one) => monthOf({ snapshot }, one.startedAt))
    .reduce((a, b) => (a < b ? a : b), newest.toString());
  const months: string[] = [];
  for (
    let month = newest;
    month.toString() >= oldest && months.length < mostMonths;
    month = month.subtract({ months: 1 })
  )
    months.push(month.toString());
  return months;
}

/** Incidents that began in one month. */
export function historyPage(writing: Writing, month: string): Html {
  const { words, snapshot, link } = writing;
  const began = snapshot.incidents.filter((one) => monthOf(writing, one.startedAt) === month);
  const months = monthsOf(snapshot).map((one) =>
    one === month
      ? html`<li><span aria-current="page">${monthText(words, one)}</span></li>`
      : html`<li><a href="${link(`history/${one}/`)}">${monthText(words, one)}</a></li>`,
  );
  return html`<h1>${words.history}: ${monthText(words, month)}</h1>
    <nav aria-label="${words.history}">
      <ul class="months">
        ${months}
      </ul>
    </nav>
    ${began.length === 0 ? html`<p>${words.noIncidents}</p>` : html`${began.map((one) => incidentArticle(writing, one, 'h2'))}`}
    <p><a href="${link('')}">${words.back}</a></p>`;
}
