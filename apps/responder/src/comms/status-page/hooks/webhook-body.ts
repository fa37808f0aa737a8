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
  const oldest = updates.at(-1);
  const at = (status: string): string | null => updates.findLast((one) => one.status === status)?.at ?? null;
  return {
    id: incidentId,
    status: updates[0]?.status,
    started_at: oldest?.at,
    created_at: oldest?.at,
    updated_at: updates[0]?.at,
    monitoring_at: at('monitoring'),
    resolved_at: at('resolved'),
    shortlink: url,
    page_id: pageId,
    ...asShown(
      snapshot?.incidents.find(({ id }) => id === incidentId),
      snapshot,
    ),
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

/** What the page itself says of it. */
function asShown(shown: PageIncident | undefined, snapshot: PageSnapshot | null): object {
  if (shown === undefined) return { name: names.operational, impact: 'none', components: [] };
  const hit = shown.componentIds.map((id) => ({ id, name: componentName(id, snapshot) }));
  return {
    name: nameOf(
      shown,
      hit.map(({ name }) => name),
    ),
    impact: indicators[shown.worst ?? 'operational'],
    started_at: shown.startedAt,
    components: hit,
  };
}

/** As the page's API calls it. */
function nameOf({ worst, drill, number }: PageIncident, hit: readonly string[]): string {
  const of = hit.length === 0 ? ` #${number}` : `: ${hit.join(', ')}`;
  return `${drill ? 'Drill: ' : ''}${names[worst ?? 'operational']}${of}`;
}

function componentName(id: string, snapshot: PageSnapshot | null): string {
  return snapshot?.components.find((one) => one.id === id)?.name ?? id;
}
