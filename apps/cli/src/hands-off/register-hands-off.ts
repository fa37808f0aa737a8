import type { HandsOffView } from '@tocsin/contract';
import type { Command } from 'commander';
import { colors as pc } from '../colors.ts';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

/** `tocsin hands-off on|off|status`: the switch that stops every change on every incident. */
export function registerHandsOff(program: Command): void {
  const handsOff = program.command('hands-off').description('stop every change at once, or allow them again');
  withConnection(
    handsOff.command('on <reason>').description('stop what runs, and let nothing begin, on any incident'),
  ).action(async (reason: string, options: ConnectOptions) =>
    show(options, await connect(options).handsOffEverywhere(true, reason)),
  );
  withConnection(handsOff.command('off <reason>').description('allow approved changes again')).action(
    async (reason: string, options: ConnectOptions) =>
      show(options, await connect(options).handsOffEverywhere(false, reason)),
  );
  withConnection(
    handsOff.command('status').description('whether changes are stopped, by whom and why'),
  ).action(async (options: ConnectOptions) => show(options, await connect(options).handsOffNow()));
}

function show(options: ConnectOptions, view: HandsOffView): void {
  console.log(options.json ? JSON.stringify(view) : handsOffText(view));
}

/** One sentence for a terminal. */
function handsOffText({ set }: HandsOffView): string {
  if (set === null) return 'hands off is off: approved changes run';
  return pc.red(`hands off: every change is stopped since ${set.since} by ${set.by.name}: ${set.reason}`);
}
