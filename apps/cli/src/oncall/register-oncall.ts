import type { Command } from 'commander';
import { stringify } from 'yaml';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { printNow, printReadiness, printSchedule } from './print-on-call.ts';
import { registerFeeds } from './register-feeds.ts';
import { registerChanges } from './register-changes.ts';

/** `tocsin oncall`: who is on call now and next, the days to come, and what people change about it. */
export function registerOncall(program: Command): void {
  const oncall = program.command('oncall').description('who is on call');
  withConnection(
    oncall
      .command('now', { isDefault: true })
      .description('who would be woken now, by level, and who is next'),
  ).action(async (options: ConnectOptions) => {
    const now = await connect(options).onCallNow();
    console.log(options.json ? JSON.stringify(now) : printNow(now));
  });
  withConnection(
    oncall
      .command('schedule')
      .description('the days to come: shifts, gaps, overrides and absences')
      .option('--days <n>', 'how many', '14'),
  ).action(async (options: ConnectOptions & { readonly days: string }) => {
    const schedule = await connect(options).onCallSchedule(Number(options.days));
    console.log(options.json ? JSON.stringify(schedule) : printSchedule(schedule));
  });
  withConnection(
    oncall
      .command('check')
      .description(
        'whether everybody on call could be woken, every channel is alive, and no gap is ahead; exit 1 when not',
      ),
  ).action(async (options: ConnectOptions) => {
    const readiness = await connect(options).readiness();
    console.log(options.json ? JSON.stringify(readiness) : printReadiness(readiness));
    if (readiness.findings.length > 0) process.exitCode = 1;
  });
  registerChanges(oncall);
  registerFeeds(oncall);
  withConnection(
    oncall.command('export').description('the team in use, as the file that "tocsin apply" takes'),
  ).action(async (options: ConnectOptions) => {
    const { version, team } = await connect(options).team();
    console.log(options.json ? JSON.stringify(team) : `# version ${version}\n${stringify(team)}`.trimEnd());
  });
}
