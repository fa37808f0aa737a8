import type { StreamEvent } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { incidentText, listLine } from './print-incident.ts';
import { registerUpdates } from './register-updates.ts';
import { verbs } from './verbs.ts';

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
  registerReviewed(incident);
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

function registerReviewed(incident: Command): void {
  withConnection(
    incident
      .command('reviewed <id>')
      .description('the review of a closed incident was held')
      .option('--note <text>', 'what came of it')
      .option('--link <url>', 'where its text is kept'),
  ).action(async (id: string, options: ConnectOptions & { note?: string; link?: string }) => {
    const { note = null, link = null } = options;
    const view = await connect(options).reviewed(id, { note, link });
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
