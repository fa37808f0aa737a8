import type { PageComponent } from '@tocsin/contract';
import { dayText, percent, type Writing } from './format.ts';
import { html, type Html, trusted } from './html.ts';

type Level = 'unmeasured' | 'whole' | 'slight' | 'partial' | 'low';

/** The lower a bar, the worse the day: colour alone tells nobody anything. */
const heights: Readonly<Record<Level, number>> = {
  unmeasured: 4,
  whole: 30,
  slight: 24,
  partial: 18,
  low: 12,
};
const step = 5;
const tall = 30;
/** Fewer where there are many components: a page is not to grow beyond 50 KB. */
const mostListed = (components: number): number => (components > 8 ? 5 : 14);

/** What the gaps between bars are drawn with, once a page. */
export function barGaps(days: number): Html {
  const gaps = Array.from({ length: days - 1 }, (_, day) => `M${(day + 1) * step - 1} 0h1v${tall}h-1z`).join(
    '',
  );
  return trusted(`<svg class="defs" aria-hidden="true"><path id="gaps" d="${gaps}"/></svg>`);
}

/** 90 days as bars, the figure, and in words the days that were not whole. */
export function uptimeBars(writing: Writing, { uptime, days }: PageComponent): Html {
  const { words } = writing;
  const measured = days.filter((share) => share !== null).length;
  const figure = uptime === null ? words.unmeasured : words.uptime(percent(words, uptime), measured);
  const drawn = [...Map.groupBy(runsOf(days), ({ level }) => level)].map(([level, runs]) =>
    trusted(`<path class="${level}" d="${runs.map(outline).join('')}"/>`),
  );
  return html`<svg
      class="bars"
      role="img"
      aria-label="${figure}"
      viewBox="0 0 ${days.length * step} ${tall}"
      preserveAspectRatio="none"
    >
      ${drawn}
      <use href="#gaps" />
    </svg>
    <p class="scale">
      <span>${words.daysAgo(days.length)}</span><span class="figure">${figure}</span
      ><span>${words.today}</span>
    </p>
    ${daysBelow(writing, days)}`;
}

function outline({ level, from, length }: Run): string {
  const height = heights[level];
  return `M${from * step} ${tall - height}h${length * step}v${height}h-${length * step}z`;
}

function daysBelow({ words, snapshot }: Writing, days: PageComponent['days']): Html | null {
  const below = days
    .map((share, index) => ({ share, day: dayAt(snapshot.today, days.length - 1 - index) }))
    .filter((one): one is { share: number; day: string } => one.share !== null && one.share < 1)
    .toReversed();
  if (below.length === 0) return null;
  const lines = below
    .slice(0, mostListed(snapshot.components.length))
    .map(
      ({ share, day }) =>
        html`<li><time datetime="${day}">${dayText(words, day)}</time> ${percent(words, share)}</li>`,
    );
  return html`<details>
    <summary>${words.daysBelow} (${below.length})</summary>
    <ul>
      ${lines}
    </ul>
  </details>`;
}

function dayAt(today: string, daysBack: number): string {
  return Temporal.PlainDate.from(today).subtract({ days: daysBack }).toString();
}

interface Run {
  readonly level: Level;
  readonly from: number;
  length: number;
}

/** Days of one level beside each other are one bar: a quiet page is small. */
function runsOf(days: PageComponent['days']): readonly Run[] {
  const runs: Run[] = [];
  for (const [day, share] of days.entries()) {
    const level = levelOf(share);
    const last = runs.at(-1);
    if (last?.level === level) last.length += 1;
    else runs.push({ level, from: day, length: 1 });
  }
  return runs;
}

function levelOf(share: number | null): Level {
  if (share === null) return 'unmeasured';
  if (share === 1) return 'whole';
  if (share >= 0.999) return 'slight';
  return share >= 0.98 ? 'partial' : 'low';
}
