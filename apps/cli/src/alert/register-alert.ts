import type { AlertsView, AlertView } from '@tocsin/contract';
import type { Command } from 'commander';
import { colors as pc } from '../colors.ts';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

/** `tocsin alert list`: what other tools and people say. */
export function registerAlert(program: Command): void {
  const alert = program.command('alert').description('alerts of other tools, and what keeps them quiet');
  withConnection(
    alert.command('list').description('active alerts, malformed items, windows, heartbeats and reports'),
  ).action(async (options: ConnectOptions) => {
    const view = await connect(options).alerts();
    console.log(options.json ? JSON.stringify(view) : alertsText(view));
  });
}

/** For a terminal: what counts first, then what is kept back and why, then what could not be understood. */
export function alertsText(view: AlertsView): string {
  const unlisted = view.activeCount - view.active.length;
  return [
    `${view.activeCount} active, of which ${view.suppressedCount} kept back`,
    ...view.active.map(alertLine),
    ...(unlisted > 0 ? [`... and ${unlisted} more`] : []),
    ...view.reports
      .filter((one) => one.closedAt === null)
      .map((one) => `report ${one.id}  ${one.kind}  ${one.tenant ?? '-'}  ${one.count} x  ${one.text}`),
    ...view.heartbeats.map(
      (one) =>
        `heartbeat ${one.name}  ${one.missing ? pc.red('missing') : 'ok'}  last ${one.lastAt ?? 'never'}`,
    ),
    ...view.maintenance.map(
      (one) => `maintenance ${one.name}  ${one.active ? pc.yellow('active') : 'not now'}  ${one.when}`,
    ),
    ...view.problems.map(
      (one) => `malformed  ${one.at}  ${one.source}: ${one.place}: ${one.value}; expected ${one.expected}`,
    ),
  ].join('\n');
}

function alertLine(one: AlertView): string {
  const why = one.suppressedBy.map(({ kind, by }) => `${kind} ${by}`).join(', ');
  const marks = [
    one.flag === null ? '' : pc.red(`  ${one.flag}`),
    one.flapping ? pc.yellow('  flapping') : '',
    why === '' ? '' : pc.dim(`  kept back by ${why}`),
  ].join('');
  return `${one.fingerprint}  ${pc.bold((one.severity ?? '-').padEnd(3))} ${one.name}  ${one.source}  since ${one.startsAt}${marks}`;
}
