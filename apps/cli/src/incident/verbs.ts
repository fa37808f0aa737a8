import type { Assign, Client, IncidentView } from '@tocsin/contract';

type Act = (client: Client, id: string, words: readonly string[]) => Promise<IncidentView>;

/** What is done with one incident in a line: `usage` names its words, `act` is given those after the id. */
export const verbs: readonly { readonly usage: string; readonly about: string; readonly act: Act }[] = [
  {
    usage: 'ack <id>',
    about: 'take the incident: pages stop moving on',
    act: (client, id) => client.acknowledge(id),
  },
  { usage: 'approve <id> <step>', about: 'say yes to one step, exactly as it is shown', act: approve },
  {
    usage: 'deny <id> <step> <reason>',
    about: 'say no to one step',
    act: (client, id, [step = '', reason = '']) => client.deny(id, step, reason),
  },
  {
    usage: 'undo <id> <step>',
    about: 'ask for the way back of a step that has run; it is approved as any other',
    act: (client, id, [step = '']) => client.undo(id, step),
  },
  {
    usage: 'cancel <id> <step> <reason>',
    about: 'stop a step that has its turn, with all that it has started',
    act: (client, id, [step = '', reason = '']) => client.cancel(id, step, reason),
  },
  {
    usage: 'override <id> <step> <reason>',
    about: 'offer a step in spite of the checks that said no; somebody else approves it',
    act: (client, id, [step = '', reason = '']) => client.overrideChecks(id, step, reason),
  },
  {
    usage: 'done <id> <step> <note>',
    about: 'a step that only a person can do is done',
    act: (client, id, [step = '', note = '']) => client.doneByHand(id, step, note),
  },
  {
    usage: 'ask <id> <command> <reason>',
    about: 'a command that no document names, in quotes: a read runs, a change is checked and offered',
    act: (client, id, [command = '', reason = '']) => client.ask(id, command, reason),
  },
  {
    usage: 'impact <id> <from> <to> <reason>',
    about:
      'correct when clients were harmed, by instants such as 2026-03-01T10:00:00Z; "now" while it goes on',
    act: (client, id, [from = '', to = '', reason = '']) =>
      client.correctImpact(id, { startAt: from, endAt: to === 'now' ? null : to, reason }),
  },
  {
    usage: 'merge <id> <into> <reason>',
    about: 'the two are one outage: the first is closed, the other goes on',
    act: (client, id, [into = '', reason = '']) => client.merge(id, into, reason),
  },
  {
    usage: 'handover <id> <person> <reason>',
    about: 'somebody else takes command, and is paged',
    act: (client, id, [person = '', reason = '']) => client.assign(id, { role: 'commander', person, reason }),
  },
  {
    usage: 'assign <id> <role> <person> <reason>',
    about: 'hand a role (commander, scribe, communications) to somebody, who is paged',
    act: (client, id, [role = '', person = '', reason = '']) =>
      client.assign(id, { role: role as Assign['role'], person, reason }),
  },
  {
    usage: 'escalate <id>',
    about: 'page the next level of the escalation matrix now',
    act: (client, id) => client.escalate(id),
  },
  {
    usage: 'call <id> <role> <reason>',
    about: 'page whoever fills a role of the runbook now',
    act: (client, id, [role = '', reason = '']) => client.callRole(id, role, reason),
  },
  {
    usage: 'called <id> <contact> <note>',
    about: 'somebody outside was called: who did, and their ticket number',
    act: (client, id, [contact = '', note = '']) => client.calledExternal(id, contact, note),
  },
  {
    usage: 'snooze <id> <minutes> <reason>',
    about: 'nobody is called for some minutes',
    act: (client, id, [minutes = '', reason = '']) => client.snooze(id, Number(minutes), reason),
  },
  {
    usage: 'severity <id> <severity> <reason>',
    about: 'set the severity; it does not fall below it again',
    act: (client, id, [severity = '', reason = '']) => client.setSeverity(id, { severity, reason }),
  },
  {
    usage: 'note <id> <text>',
    about: 'write a note on the timeline',
    act: (client, id, [text = '']) => client.note(id, text),
  },
  {
    usage: 'tick <id> <line> <because>',
    about: 'tick a line of the checklist, by its text or its number as shown',
    act: tick,
  },
  {
    usage: 'mitigated <id> <reason>',
    about: 'the harm has ended, where nothing measures it: nobody else is called',
    act: (client, id, [reason = '']) => client.mitigated(id, reason),
  },
  {
    usage: 'reopen <id> <reason>',
    about: 'it is not over: people are called as at the opening',
    act: (client, id, [reason = '']) => client.reopen(id, reason),
  },
];

async function approve(client: Client, id: string, [stepId = '']: readonly string[]): Promise<IncidentView> {
  const { steps } = await client.getIncident(id);
  const step = steps.find((one) => one.id === stepId);
  if (step === undefined)
    throw new Error(
      `${id} has no step ${stepId}; expected one of ${steps.map((one) => one.id).join(', ') || '(none yet)'}`,
    );
  return client.approve(id, stepId, step.bindingHash);
}

/** The line by its text, or its number counted from 1 as `incident show` lists it. Throws when there is none. */
async function tick(
  client: Client,
  id: string,
  [line = '', because = '']: readonly string[],
): Promise<IncidentView> {
  const { checklist } = await client.getIncident(id);
  const found = /^\d+$/.test(line) ? checklist[Number(line) - 1] : checklist.find((one) => one.text === line);
  if (found === undefined)
    throw new Error(
      `${id} has no checklist line ${line}; expected its text, or a number from 1 to ${checklist.length}`,
    );
  return client.tick(id, found.text, because);
}
