import type { Command } from 'commander';
import { stringify } from 'yaml';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { printNow, printSchedule } from './print-on-call.ts';
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
  registerChanges(oncall);
  withConnection(
    oncall.command('export').description('the team in use, as the file that "tocsin apply" takes'),
  ).action(async (options: ConnectOptions) => {
    const { version, team } = await connect(options).team();
    console.log(options.json ? JSON.stringify(team) : `# version ${version}\n${stringify(team)}`.trimEnd());
  });
}
