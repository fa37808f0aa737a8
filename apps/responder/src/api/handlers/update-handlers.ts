import { isOutside } from '#incidents';
import { actorOf } from '../caller.ts';
import { found, type Handlers } from '../handler.ts';
import { updateDraftView, updatePreviewView, updatesView } from '../views/updates-view.ts';
import { showIncident } from './show-incident.ts';

const withheld = 'integrity or security is at stake: nothing is drafted for the public';

export const updateHandlers = {
  updates: async ({ ports }, { params }) => {
    const incident = found(await ports.incidents.get(params.id), 'incident', params.id);
    const [plan, told] = await Promise.all([
      ports.plans.loadPlan(incident.planHash),
      ports.comms.updates.told(incident.id),
    ]);
    return updatesView(incident, plan, told);
  },

  updateDraft: async ({ ports }, { params, query, now }) => {
    const incident = found(await ports.incidents.get(params.id), 'incident', params.id);
    const plan = await ports.plans.loadPlan(incident.planHash);
    const draft = ports.comms.updates.draft(incident, plan, query, now);
    const isRestricted = isOutside(query.audience) && incident.assessment.restricted !== undefined;
    return updateDraftView(draft, isRestricted ? withheld : null);
  },

  previewUpdate: async ({ ports }, { params, body }) => {
    const incident = found(await ports.incidents.get(params.id), 'incident', params.id);
    const preview = ports.comms.updates.preview(incident, body);
    return updatePreviewView(preview, ports.incidents.leaksIn(incident, body));
  },

  postUpdate: async ({ ports }, { params, caller, body: { insist, ...body }, now }) => {
    const { id } = found(await ports.incidents.get(params.id), 'incident', params.id);
    const input = { kind: 'post-update', ...body, ...(insist === undefined ? {} : { insist }) } as const;
    return showIncident(ports, await ports.incidents.apply(id, input, actorOf(caller)), now);
  },
} satisfies Partial<Handlers>;
