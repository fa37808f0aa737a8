import {
  type ComponentState,
  componentStates,
  type PageComponent,
  type PageMaintenance,
  type PageSnapshot,
} from '@tocsin/contract';
import { instant, type Writing } from './format.ts';
import { html, type Html } from './html.ts';
import { incidentArticle, said, titleOf } from './incident-article.ts';
import { barGaps, uptimeBars } from './uptime-bars.ts';

const mostPast = 5;

/** How the service stands as a whole: as its worst component. */
export function overallState({ components }: Pick<PageSnapshot, 'components'>): ComponentState {
  return componentStates.findLast((state) => components.some((one) => one.state === state)) ?? 'operational';
}

/** The page that everybody opens: how it stands, what goes on, 90 days, what is planned, what was. */
export function homePage(writing: Writing, stale: Html | null): Html {
  const { words, snapshot } = writing;
  const state = overallState(snapshot);
  const open = snapshot.incidents.filter(({ status }) => status !== 'resolved');
  return html`<h1 class="overall ${state}">${words.overall[state]}</h1>
    ${stale}
    <p class="when">${said(writing, words.lastChange, snapshot.changedAt)}</p>
    ${section(
      'incidents',
      words.current,
      open.map((one) => incidentArticle(writing, one, 'h3')),
    )}
    ${barGaps(snapshot.components[0]?.days.length ?? 1)}
    ${section(
      'components',
      words.components,
      snapshot.components.map((one) => component(writing, one)),
    )}
    ${section(
      'maintenance',
      words.maintenance,
      planned(snapshot).map((one) => maintenance(writing, one)),
    )}
    ${past(writing)}`;
}

function section(id: string, title: string, content: readonly Html[]): Html | null {
  if (content.length === 0) return null;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}

function component(writing: Writing, one: PageComponent): Html {
  const { words } = writing;
  return html`<article class="component">
    <h3>${one.name} <span class="state ${one.state}">${words.state[one.state]}</span></h3>
    ${one.description === null ? null : html`<p class="when">${one.description}</p>`}
    ${uptimeBars(writing, one)}
  </article>`;
}

function planned({ maintenance: all }: PageSnapshot): readonly PageMaintenance[] {
  return all.filter(({ status }) => status !== 'completed').slice(0, 10);
}

function maintenance(writing: Writing, one: PageMaintenance): Html {
  const { words } = writing;
  return html`<article class="component">
    <h3>${one.title} <span class="state under_maintenance">${words.maintenanceStatus[one.status]}</span></h3>
    <p class="when">${instant(writing, one.startsAt)} – ${instant(writing, one.endsAt)}</p>
  </article>`;
}

function past(writing: Writing): Html {
  const { words, snapshot, link } = writing;
  const ended = snapshot.incidents.filter(({ status }) => status === 'resolved').slice(0, mostPast);
  const lines = ended.map(
    (one) =>
      html`<li>
        <a href="${link(`incidents/${one.id}/`)}">${titleOf(writing, one)}</a>
        <span class="when">${instant(writing, one.startedAt)}</span>
      </li>`,
  );
  return html`<section aria-labelledby="past">
    <h2 id="past">${words.history}</h2>
    ${
      lines.length === 0
        ? html`<p>${words.noIncidents}</p>`
        : html`<ul class="past">
            ${lines}
          </ul>`
    }
    <p><a href="${link('history/')}">${words.history} →</a></p>
  </section>`;
}
