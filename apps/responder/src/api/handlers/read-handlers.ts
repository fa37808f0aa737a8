import type { Handlers } from '../handler.ts';
import { found } from '../handler.ts';
import { openStream } from '../open-stream.ts';
import { readStatus } from '../read-status.ts';
import { evidenceDetail } from '../views/evidence-view.ts';
import { iso } from '../views/iso.ts';
import { incidentListItem } from '../views/incident-view.ts';
import { inboxItem } from '../views/inbox-item.ts';
import { namesOf } from '../views/names.ts';
import { timelineEntry } from '../views/timeline-entry.ts';
import { listByState } from './list-by-state.ts';
import { showIncident } from './show-incident.ts';

export const readHandlers = {
  status: ({ ports, options }) => readStatus(ports, options),

  listIncidents: async ({ ports }, { query }) =>
    (await listByState(ports, query.state, query.limit)).map(incidentListItem),

  getIncident: async ({ ports }, { params, now }) =>
    showIncident(ports, found(await ports.incidents.get(params.id), 'incident', params.id), now),

  timeline: async ({ ports }, { params }) => {
    const { id } = found(await ports.incidents.get(params.id), 'incident', params.id);
    const nameOf = namesOf(ports.people());
    return (await ports.incidents.events(id)).map((event) => timelineEntry(event, nameOf));
  },

  output: async ({ ports }, { params }) => {
    const { id } = found(await ports.incidents.get(params.id), 'incident', params.id);
    const running = await ports.liveOutput(id);
    return running.map((one) => ({ ...one, startedAt: iso(one.startedAt) }));
  },

  evidence: async ({ ports }, { params }) => {
    const incident = found(await ports.incidents.get(params.id), 'incident', params.id);
    const stored = await ports.evidence(params.evidenceId);
    const own = stored?.incidentId === incident.id ? stored : null;
    const record = found(own, `evidence of incident ${params.id}`, params.evidenceId);
    const summary = incident.evidence.find((one) => one.id === record.id);
    return evidenceDetail(record, summary?.label ?? record.command);
  },

  review: async ({ ports }, { params, reply }) => {
    reply.type('text/markdown; charset=utf-8');
    const { id } = found(await ports.incidents.get(params.id), 'incident', params.id);
    return found(await ports.review(id), 'review of incident', params.id);
  },

  inbox: async ({ ports }, { caller }) => {
    const messages = await ports.inbox(caller.person.id);
    const ids = [...new Set(messages.flatMap((message) => message.incidentId ?? []))];
    const incidents = new Map(
      await Promise.all(ids.map(async (id) => [id, await ports.incidents.get(id)] as const)),
    );
    const nameOf = namesOf(ports.people());
    return messages.map((message) =>
      inboxItem(message, incidents.get(message.incidentId ?? '') ?? null, nameOf),
    );
  },

  plan: ({ ports }) => {
    const { plan, file, markdown } = ports.currentPlan();
    return Promise.resolve({ file, hash: plan.hash, name: plan.name, plan: { ...plan }, markdown });
  },

  stream: ({ feed }, { request, reply }) => {
    openStream(feed, request, reply);
    return Promise.resolve(undefined);
  },
} satisfies Partial<Handlers>;
