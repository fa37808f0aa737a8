import { type ReportKind, reportKinds, type ReportView } from '@tocsin/contract';
import { type Command, Option } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

interface ReportOptions extends ConnectOptions {
  readonly kind: ReportKind;
  readonly tenant?: string;
  readonly flag?: 'integrity' | 'security';
  readonly at?: string;
}

/** `tocsin report ...`: people say what is wrong with the service. */
export function registerReport(program: Command): void {
  const report = program
    .command('report')
    .description('say what is wrong with the service, or close what was said');
  withConnection(
    report
      .command('add <text>')
      .description('several reports of one thing become one with a count')
      .addOption(
        new Option('--kind <kind>', 'how it was noticed').choices(reportKinds).default('customer-report'),
      )
      .addOption(
        new Option('--flag <flag>', 'what is at risk beyond availability').choices(['integrity', 'security']),
      )
      .option('--tenant <tenant>', 'who is hit')
      .option('--at <instant>', 'when it was noticed, for example 2026-03-01T10:00:00Z; absent: now'),
  ).action(async (text: string, options: ReportOptions) => {
    const { kind, tenant = null, flag = null } = options;
    const noticedAt = options.at === undefined ? null : instantOf(options.at);
    show(options, await connect(options).report({ kind, text, tenant, flag, noticedAt }));
  });
  withConnection(report.command('close <id> <because>').description('it was nothing, or it is over')).action(
    async (id: string, because: string, options: ConnectOptions) =>
      show(options, await connect(options).closeReport(id, because)),
  );
  withConnection(report.command('list').description('open reports, then those closed lately')).action(
    async (options: ConnectOptions) => {
      const { reports } = await connect(options).alerts();
      console.log(
        options.json ? JSON.stringify(reports) : reports.map(reportLine).join('\n') || 'no reports',
      );
    },
  );
}

function show(options: ConnectOptions, report: ReportView): void {
  console.log(options.json ? JSON.stringify(report) : reportLine(report));
}

function reportLine(one: ReportView): string {
  const state = one.closedAt === null ? 'open' : `closed: ${one.closedBecause ?? ''}`;
  const flag = one.flag === null ? '' : `  ${one.flag}`;
  return `${one.id}  ${one.kind}  ${one.tenant ?? '-'}  ${one.count} x since ${one.firstAt}${flag}  ${one.text}  (${state})`;
}

/** The instant in UTC. Throws when the text is none. */
function instantOf(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Error(`--at ${text}: expected an instant such as 2026-03-01T10:00:00Z`);
  return new Date(time).toISOString();
}
