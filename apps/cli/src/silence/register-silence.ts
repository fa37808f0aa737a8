import type { SilenceView } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { parseDurationMs } from '../duration.ts';

const minuteMs = 60_000;

/** `tocsin silence ...`: keeps alerts back that match, for a while. */
export function registerSilence(program: Command): void {
  const silence = program.command('silence').description('keep back alerts that match, for a while');
  withConnection(
    silence
      .command('add <matcher...>')
      .description(
        'for example: add \'alertname="DiskFull"\' \'node=~"n.*"\' --for 2h --comment "disk is being changed"',
      )
      .requiredOption('--comment <text>', 'why')
      .option('--for <duration>', 'for how long', '1h'),
  ).action(async (matchers: string[], options: ConnectOptions & { comment: string; for: string }) => {
    const minutes = Math.max(1, Math.round(parseDurationMs('--for', options.for) / minuteMs));
    show(options, [await connect(options).silence({ matchers, minutes, comment: options.comment })]);
  });
  withConnection(silence.command('list').description('silences, also those that ended lately')).action(
    async (options: ConnectOptions) => show(options, await connect(options).silences()),
  );
  withConnection(silence.command('expire <id>').description('end a silence now')).action(
    async (id: string, options: ConnectOptions) => show(options, [await connect(options).expireSilence(id)]),
  );
}

function show(options: ConnectOptions, silences: readonly SilenceView[]): void {
  const lines = silences.map(
    (one) =>
      `${one.id}  ${one.state.padEnd(7)}  until ${one.endsAt}  ${one.matchers.join(', ')}  ${one.comment} (${one.createdBy})`,
  );
  console.log(options.json ? JSON.stringify(silences) : lines.join('\n') || 'no silences');
}
