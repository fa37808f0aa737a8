import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { openIncident } from '../rules/open-incident.ts';
import type { Decider } from './decider.ts';

/** The incident of what a person split off: paged and clocked as any other, led by people, measured by none. */
export const openSplit: Decider<'open-split'> = (draft, { origin, severity, title, reason, ...fresh }) => {
  if (!draft.isNew) return refuse('conflict', `incident #${draft.incident.number} exists already`);
  const { input } = draft;
  const refused = refuseUnless('responder', origin, input);
  if (refused !== null) return { refused };
  const who = input.person?.name ?? input.actor.id;
  const because = `split off from #${origin.number} by ${who}: ${reason.trim()}`;
  openIncident(draft, {
    ...fresh,
    serviceId: origin.serviceId,
    drill: origin.drill,
    assessment: origin.assessment,
    began: { at: origin.impactStartAt, method: origin.impactStartMethod },
    severity,
    title: title.trim(),
    reason: because,
    splitFrom: { id: origin.id, number: origin.number },
  });
  draft.add({ type: 'severity-changed', severity, reason: because, floor: severity, worst: severity });
  return draft.done(because);
};
