import type { PageSnapshot } from '@tocsin/contract';
import type { Words } from '../words/words.ts';
import { html, type Html } from './html.ts';

/** What every part of a page is written with. */
export interface Writing {
  readonly words: Words;
  readonly snapshot: PageSnapshot;
  /** Address of a page in the same language, by its path, for example `history/`. */
  readonly link: (path: string) => string;
  /** Where visitors ask for updates; null: nowhere. */
  readonly subscribeAt: string | null;
  /** Where visitors report a problem; null: nowhere. */
  readonly reportsAt: string | null;
}

/** An instant in the page's time zone; `<time>` carries it for machines. */
export function instant({ words, snapshot }: Writing, at: string): Html {
  return html`<time datetime="${at}">${instantText(words, snapshot.page.timeZone, at)}</time>`;
}

export function instantText({ locale }: Words, timeZone: string, at: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(Date.parse(at));
}

/** A day such as `2026-03-01` in words. */
export function dayText({ locale }: Words, day: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long' });
  return format.format(Date.parse(day));
}

/** A month such as `2026-03` in words. */
export function monthText({ locale }: Words, month: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' });
  const text = format.format(Date.parse(`${month}-01`));
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** Rounded down: what was not whole is never shown as 100 %. */
export function percent({ locale }: Words, share: number): string {
  const format = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2 });
  return format.format(Math.floor(share * 1e4 + 1e-6) / 1e4);
}

/** The month of an instant by the page's clocks, as `2026-03`. */
export function monthOf({ snapshot }: Pick<Writing, 'snapshot'>, at: string): string {
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(snapshot.page.timeZone).toPlainDate();
  return day.toPlainYearMonth().toString();
}
