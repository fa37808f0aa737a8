import type { OnCallSchedule } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { printSchedule } from './print-on-call.ts';
import { readInstant, readSpan, type SpanOptions } from './read-span.ts';

interface ChangeOptions extends ConnectOptions, SpanOptions {
  readonly layer?: string;
  readonly note?: string;
}

/** `tocsin oncall override|swap|away|end`: what people change beside the team's document. */
export function registerChanges(oncall: Command): void {
  withSpan(
    oncall
      .command('override <schedule> <person>')
      .description('put somebody on call in the place of another')
      .option('--layer <id>', 'in the place of this layer; else of the first that answers'),
  ).action(async (schedule: string, person: string, options: ChangeOptions) =>
    show(
      options,
      await connect(options).override({ schedule, person, ...layerOf(options), ...spanOf(options) }),
    ),
  );
  withSpan(oncall.command('away <person>').description('somebody cannot be called')).action(
    async (person: string, options: ChangeOptions) =>
      show(options, await connect(options).away({ person, ...spanOf(options) })),
  );
  withConnection(
    oncall
      .command('swap <schedule> <time> <time>')
      .description('two people take each other’s shifts: those that the times lie in')
      .option('--layer <id>', 'of this layer; else of the first')
      .option('--note <text>', 'why'),
  ).action(async (schedule: string, one: string, other: string, options: ChangeOptions) => {
    const shifts = { one: readInstant('time', one), other: readInstant('time', other) };
    show(
      options,
      await connect(options).swapShifts({ schedule, ...shifts, ...layerOf(options), ...noteOf(options) }),
    );
  });
  withConnection(oncall.command('end <id>').description('take an override or an absence back')).action(
    async (id: string, options: ConnectOptions) => show(options, await connect(options).endOnCallChange(id)),
  );
}

function withSpan(command: Command): Command {
  return withConnection(
    command
      .option('--from <time>', 'absent: from now on')
      .option('--to <time>', 'until when')
      .option('--for <duration>', 'or for how long, such as 8h')
      .option('--note <text>', 'why'),
  );
}

function spanOf(options: ChangeOptions) {
  return { ...readSpan(options, Date.now()), ...noteOf(options) };
}

function noteOf({ note }: ChangeOptions): { note?: string } {
  return note === undefined ? {} : { note };
}

function layerOf({ layer }: ChangeOptions): { layer?: string } {
  return layer === undefined ? {} : { layer };
}

function show(options: ConnectOptions, schedule: OnCallSchedule): void {
  console.log(options.json ? JSON.stringify(schedule) : printSchedule(schedule));
}
