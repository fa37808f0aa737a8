import type { ComponentState, PageIncident, PageSnapshot } from '@tocsin/contract';
import type { HookPage, HookRow, PostContent } from './hook-row.ts';
import { pageLinks } from './page-links.ts';

const indicators: Readonly<Record<ComponentState, string>> = {
  operational: 'none',
  under_maintenance: 'maintenance',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
};
const names: Readonly<Record<ComponentState, string>> = {
  operational: 'Incident',
  under_maintenance: 'Incident',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};
const overall: Readonly<Record<ComponentState, string>> = {
  operational: 'All systems operational',
  under_maintenance: 'Maintenance in progress',
  degraded_performance: 'Some systems are slower than usual',
  partial_outage: 'Some systems are partly out of service',
  major_outage: 'Some systems are out of service',
};

/** What a webhook gets: Statuspage's form, with an id to know repeats by. A question has `subscription` in place of `incident`. */
export function webhookBody(
  hook: Pick<HookRow, 'language' | 'token' | 'secret'>,
  post: PostContent,
  { page, now }: { readonly page: HookPage; readonly now: number },
): object {
  const links = pageLinks(page.url, hook.language, hook.token);
  const generatedAt = new Date(now).toISOString();
  return {
    id: post.id,
    may_be_repeat: post.mayBeRepeat,
    meta: { unsubscribe: links.leave, documentation: links.subscribe, generated_at: generatedAt },
    page: { id: page.id, ...pageState(post.snapshot) },
    ...(post.incidentId === null
      ? { subscription: { page: page.name, confirm: links.confirm, secret: hook.secret } }
      : { incident: incidentOf(post, page.id, links.incident(post.incidentId)) }),
  };
}

function pageState(snapshot: PageSnapshot | null): object {
  const states = (snapshot?.components ?? []).map(({ state }) => state);
  const order = Object.keys(overall) as ComponentState[];
  const worst = order.findLast((state) => states.includes(state)) ?? 'operational';
  return { status_indicator: indicators[worst], status_description: overall[worst] };
}

function incidentOf({ incidentId, updates, snapshot }: PostContent, pageId: string, url: string): object {
  const shown = snapshot?.incidents.find(({ id }) => id === incidentId);
  const [newest] = updates;
  const at = (status: string): string | null => updates.findLast((one) => one.status === status)?.at ?? null;
  return {
    id: incidentId,
    name: nameOf(shown, snapshot),
    status: newest?.status ?? 'investigating',
    impact: indicators[shown?.worst ?? 'operational'],
    created_at: updates.at(-1)?.at ?? null,
    started_at: shown?.startedAt ?? updates.at(-1)?.at ?? null,
    updated_at: newest?.at ?? null,
    monitoring_at: at('monitoring'),
    resolved_at: at('resolved'),
    shortlink: url,
    page_id: pageId,
    components: (shown?.componentIds ?? []).map((id) => ({ id, name: componentName(id, snapshot) })),
    incident_updates: updates.map((one) => ({
      id: one.id,
      incident_id: incidentId,
      status: one.status,
      body: one.body,
      created_at: one.at,
      updated_at: one.at,
      display_at: one.at,
    })),
  };
}

/** As the page's API calls it. */
function nameOf(shown: PageIncident | undefined, snapshot: PageSnapshot | null): string {
  if (shown === undefined) return names.operational;
  const what = names[shown.worst ?? 'operational'];
  const hit = shown.componentIds.map((id) => componentName(id, snapshot)).join(', ');
  return `${shown.drill ? 'Drill: ' : ''}${what}${hit === '' ? ` #${shown.number}` : `: ${hit}`}`;
}

function componentName(id: string, snapshot: PageSnapshot | null): string {
  return snapshot?.components.find((one) => one.id === id)?.name ?? id;
}
