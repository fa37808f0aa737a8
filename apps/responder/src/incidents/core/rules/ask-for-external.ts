import type { ExternalContact } from '#oncall';
import type { Draft } from '../draft.ts';

/** A level has been reached: whoever outside belongs to it is to be called by a person, once until it is done. */
export function askForExternal(draft: Draft, level: number): void {
  const { levels } = draft.input.onCall;
  for (const contact of levels.find((one) => one.level === level)?.external ?? []) ask(draft, contact);
}

function ask(draft: Draft, contact: ExternalContact): void {
  const before = (draft.incident.external ?? []).filter((one) => one.contact.id === contact.id);
  if (before.some((one) => one.called === null)) return;
  const callId = before.length === 0 ? contact.id : `${contact.id}-${before.length + 1}`;
  const due = { type: 'external-due', callId, contact } as const;
  const { send, email: address } = contact;
  if (!send || address === undefined) return draft.add({ ...due, mail: 'none' });
  const because = whyNotTold(draft);
  if (because !== null) return draft.add({ ...due, mail: 'none', because });
  draft.add({ ...due, mail: 'queued' });
  draft.order({ kind: 'mail-external', callId, address, ...publicFacts(draft, contact) });
}

/** Why nothing leaves the house by itself. */
function whyNotTold({ incident }: Draft): string | null {
  if (incident.drill !== null) return 'this is a drill';
  const { restricted } = incident.assessment;
  return restricted === undefined ? null : `a matter of ${restricted}, a person decides what is told`;
}

/** What anybody outside may know: that, since when and how grave; no tenant, no cause, no name from inside. */
function publicFacts(
  { incident, input }: Draft,
  { reference, say }: ExternalContact,
): { readonly subject: string; readonly text: string } {
  const { serviceId, severity, number, impactStartAt } = incident;
  const name = input.plan.severities.find((one) => one.id === severity)?.name;
  const since = `${new Date(impactStartAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    subject: `Outage of ${serviceId} since ${since} (our reference #${number})`,
    text: [
      `This is an automatic message: ${serviceId} has an outage. Somebody of our team will get in touch.`,
      `Since: ${since}`,
      `Severity: ${severity}${name === undefined ? '' : ` (${name})`}`,
      `Our reference: #${number}`,
      ...(reference === undefined ? [] : [`Your reference: ${reference}`]),
      ...(say === undefined ? [] : ['', say]),
    ].join('\n'),
  };
}
