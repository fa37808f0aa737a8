import type { Assign, Client, IncidentView, StreamEvent } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { incidentText, listLine } from './print-incident.ts';
import { registerUpdates } from './register-updates.ts';

/** `tocsin incident ...`: what can be done in the console, from a terminal. */
export function registerIncident(program: Command): void {
  const incident = program.command('incident').description('list, show and act on incidents');
  registerReads(incident);
  registerVerbs(incident);
}

function registerReads(incident: Command): void {
  withConnection(
    incident
      .command('list')
      .description('incidents, newest first')
      .option('--state <state>', 'open, closed or all', 'all'),
  ).action(async (options: ConnectOptions & { state: 'open' | 'closed' | 'all' }) => {
    const items = await connect(options).listIncidents(options.state);
    print(options, items, items.map(listLine).join('\n') || 'no incidents');
  });
  withConnection(incident.command('show <id>').description('one incident as it stands')).action(
    async (id: string, options: ConnectOptions) => {
      const view = await connect(options).getIncident(id);
      print(options, view, incidentText(view));
    },
  );
  withConnection(incident.command('watch [id]').description('print what changes until Ctrl-C')).action(watch);
}

type Act = (client: Client, id: string, words: readonly string[]) => Promise<IncidentView>;

const verbs: readonly { readonly usage: string; readonly about: string; readonly act: Act }[] = [
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
    usage: 'reopen <id> <reason>',
    about: 'it is not over: people are called as at the opening',
    act: (client, id, [reason = '']) => client.reopen(id, reason),
  },
];

function registerVerbs(incident: Command): void {
  for (const { usage, about, act } of verbs)
    withConnection(incident.command(usage).description(about)).action(async (...given: unknown[]) => {
      const options = given.at(-2) as ConnectOptions;
      const [id = '', ...words] = given.slice(0, -2) as string[];
      const view = await act(connect(options), id, words);
      print(options, view, incidentText(view));
    });
  registerUpdates(incident);
  registerSplit(incident);
  registerDeclare(incident);
  registerResolve(incident);
}

function registerSplit(incident: Command): void {
  withConnection(
    incident
      .command('split <id> <title> <reason>')
      .description('part of it is another outage: opens an incident that people lead')
      .requiredOption('--severity <severity>', 'as the runbook names it, for example P1'),
  ).action(
    async (id: string, title: string, reason: string, options: ConnectOptions & { severity: string }) => {
      const view = await connect(options).split(id, { title, severity: options.severity, reason });
      print(options, view, incidentText(view));
    },
  );
}

function registerDeclare(incident: Command): void {
  withConnection(
    incident
      .command('declare <text>')
      .description('say that there is an outage')
      .requiredOption('--severity <severity>', 'as the runbook names it, for example P1'),
  ).action(async (text: string, options: ConnectOptions & { severity: string }) => {
    const view = await connect(options).declareIncident({ severity: options.severity, text });
    print(options, view, incidentText(view));
  });
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value];

function registerResolve(incident: Command): void {
  withConnection(
    incident
      .command('resolve <id>')
      .description('close the incident')
      .option('--note <text>', 'what a reader should know')
      .option(
        '--waive <line=reason>',
        'a checklist line that stays open, and why (may be given again)',
        collect,
        [],
      ),
  ).action(async (id: string, options: ConnectOptions & { note?: string; waive: string[] }) => {
    const view = await connect(options).resolve(id, {
      note: options.note ?? null,
      waivers: Object.fromEntries(options.waive.map(parseWaiver)),
    });
    print(options, view, incidentText(view));
  });
}

/** `LINE=REASON`, split at the first equals sign. Throws when there is none. */
export function parseWaiver(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1)
    throw new Error(`--waive ${text}: expected the line's text, "=", and the reason`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

async function approve(client: Client, id: string, [stepId = '']: readonly string[]): Promise<IncidentView> {
  const { steps } = await client.getIncident(id);
  const step = steps.find((one) => one.id === stepId);
  if (step === undefined)
    throw new Error(
      `${id} has no step ${stepId}; expected one of ${steps.map((one) => one.id).join(', ') || '(none yet)'}`,
    );
  return client.approve(id, stepId, step.bindingHash);
}

async function watch(id: string | undefined, options: ConnectOptions): Promise<void> {
  const client = connect(options);
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  const show = async (event: StreamEvent): Promise<void> => {
    if (event.name !== 'incident-changed' || (id !== undefined && event.data.id !== id)) return;
    const view = await client.getIncident(event.data.id);
    print(options, view, `\n${incidentText(view)}`);
  };
  if (id !== undefined) print(options, null, incidentText(await client.getIncident(id)));
  await client.watch({
    signal: abort.signal,
    onEvent: (event) => void show(event).catch((error: Error) => console.error(error.message)),
  });
}

function print(options: ConnectOptions, value: unknown, text: string): void {
  console.log(options.json ? JSON.stringify(value) : text);
}
