import type { ExternalCall, Incident } from '../incident.ts';
import type { Fold } from './fold.ts';

type ExternalEvents = 'external-due' | 'external-mailed' | 'external-called';

export const externalFolds: { readonly [Type in ExternalEvents]: Fold<Type> } = {
  'external-due': (incident, { callId, contact, mail }, { at }) => ({
    external: [
      ...(incident.external ?? []),
      {
        id: callId,
        contact,
        dueAt: at,
        mail: mail === 'none' ? null : { state: mail, detail: null },
        called: null,
      },
    ],
  }),
  'external-mailed': (incident, { callId, outcome, detail }) =>
    changeCall(incident, callId, { mail: { state: outcome, detail } }),
  'external-called': (incident, { callId, by, note }, { at }) =>
    changeCall(incident, callId, { called: { at, by, note } }),
};

function changeCall(
  { external = [] }: Incident,
  id: string,
  change: Partial<ExternalCall>,
): Partial<Incident> {
  return { external: external.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}
