import type { ComponentState, TenantIncident, TenantPage } from '@tocsin/contract';
import { instantText, type Writing } from '../pages/format.ts';
import { html, type Html } from '../pages/html.ts';
import { said, updateList } from '../pages/incident-article.ts';
import type { Staleness } from '../site.ts';

/** How the state of a tenant is coloured: as that of a component; what is not known, as nothing. */
const colours: Readonly<Record<TenantPage['state'], ComponentState | ''>> = {
  well: 'operational',
  slow: 'degraded_performance',
  failing: 'partial_outage',
  ending: 'degraded_performance',
  unknown: '',
};

/** What a customer sees of the service as they have met it. */
export function tenantContent(writing: Writing, page: TenantPage, stale: Staleness | null = null): Html {
  const { words, link } = writing;
  const { tenant: own } = words;
  return html`<h1>${own.title(page.tenant)}</h1>
    ${stale === null ? null : html`<p class="stale" role="alert">${words.stale(instantText(words, writing.snapshot.page.timeZone, stale.since), stale.minutes)}</p>`}
    <p class="overall ${colours[page.state]}"><strong>${own.state[page.state]}</strong></p>
    ${page.harmedMinutes === 0 && page.incidents.length > 0 ? null : html`<p>${own.harmed(page.harmedMinutes)}</p>`}
    <h2>${own.incidents}</h2>
    ${page.incidents.length === 0 ? html`<p>${words.noIncidents}</p>` : page.incidents.map((one) => incidentOf(writing, one))}
    <p class="when">${own.counts}</p>
    <p><a href="${link('')}">${words.back}</a></p>`;
}

function incidentOf(writing: Writing, incident: TenantIncident): Html {
  const { words } = writing;
  const { harmedFrom, harmedTo } = incident;
  return html`<article class="incident">
    <h3>${words.status[incident.status]}</h3>
    <p class="when">
      ${said(writing, words.started, harmedFrom)}${harmedTo === null ? '' : html` · ${said(writing, words.tenant.ended, harmedTo)}`}
    </p>
    ${updateList(writing, incident.updates)}
  </article>`;
}

/** No link that we know: it was never made, it is over, or it was ended. All look the same. */
export function tenantUnknown({ words, link }: Writing): Html {
  return html`<h1>${words.tenant.unknownTitle}</h1>
    <p>${words.tenant.unknown}</p>
    <p><a href="${link('')}">${words.back}</a></p>`;
}

/** The database does not answer: the link may be good. */
export function tenantAway({ words, link }: Writing): Html {
  return html`<h1>${words.tenant.unknownTitle}</h1>
    <p>${words.report.away}</p>
    <p><a href="${link('')}">${words.back}</a></p>`;
}
