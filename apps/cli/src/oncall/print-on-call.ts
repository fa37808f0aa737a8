import type { OnCallChangeView, OnCallNow, OnCallSchedule, ReadinessView } from '@tocsin/contract';
import { printWarning } from '../apply/print-team-diff.ts';
import { colors as pc } from '../colors.ts';

type Level = OnCallNow['levels'][number];

/** Level by level: who is called now, until when, and who is next. */
export function printNow(now: OnCallNow): string {
  const levels = now.levels.map((level) =>
    [`L${level.level}  ${level.target.padEnd(28)}  ${namesOrNobody(level)}`, ...nextLine(level)].join('\n'),
  );
  const roles = now.roles.filter((one) => one.persons.length > 0);
  const lines = roles.map((one) => `    ${one.name.padEnd(28)}  ${names(one.persons)}`);
  return [...levels, ...(lines.length === 0 ? [] : ['roles', ...lines])].join('\n');
}

function namesOrNobody({ persons, gap }: Level): string {
  if (persons.length > 0) return names(persons);
  return pc.yellow(`nobody${gap === null ? '' : ` (${gap})`}: the level below is repeated`);
}

function nextLine({ until, next }: Level): string[] {
  if (until === null) return [];
  return [pc.dim(`    until ${until}, then ${names(next) || 'nobody'}`)];
}

function names(persons: Level['persons']): string {
  return persons.map((one) => one.name).join(', ');
}

/** The days to come: shifts by schedule and layer, then what is wrong, then overrides and absences. */
export function printSchedule({ schedules, warnings, changes }: OnCallSchedule): string {
  const tables = schedules.flatMap(({ id, name, zone, shifts }) => [
    pc.bold(`${name} (${id}, ${zone})`),
    ...shifts.map((one) => `  ${one.from}  ${one.to}  ${one.layer.padEnd(12)}  ${one.name}${why(one)}`),
  ]);
  const sections = [
    ...(tables.length === 0 ? ['no schedules: levels name people'] : tables),
    ...warnings.map(printWarning),
    ...changes.map(printChange),
  ];
  return sections.join('\n');
}

type Shift = OnCallSchedule['schedules'][number]['shifts'][number];

function why({ why: kind, instead }: Shift): string {
  if (kind === 'turn' || instead === null) return kind === 'override' ? ' (override)' : '';
  return kind === 'override' ? ` (override, for ${instead})` : ` (for ${instead}, who is away)`;
}

function printChange({ id, kind, schedule, name, from, to, note }: OnCallChangeView): string {
  const what = kind === 'away' ? `${name} is away` : `${name} overrides ${schedule ?? ''}`;
  return `${id ?? 'in the team'}  ${what} from ${from} to ${to}${note === null ? '' : `: ${note}`}`;
}

/** What is not ready, what was not asked, then when the next daily look is and whom it tells. */
export function printReadiness({ findings, channels, owner, nextAt, last }: ReadinessView): string {
  const now =
    findings.length === 0
      ? [pc.green('ready: everybody on call can be woken by a way they have verified, no gap within 14 days')]
      : findings.map((one) => pc.yellow(`! ${one.text}`));
  const told = last?.told === null || last === null ? '' : `, told ${last.told}`;
  const before = last === null ? [] : [`last daily look ${last.at}: ${last.findings.length} found${told}`];
  return [
    ...now,
    ...channelLines(channels),
    ...before,
    `next daily look ${nextAt}, tells ${owner?.name ?? 'nobody: there is no owner'}`,
  ].join('\n');
}

/** The dead ones are among what is not ready. */
function channelLines(channels: ReadinessView['channels']): string[] {
  const alive = channels.filter((one) => one.state === 'alive').map((one) => one.name);
  return [
    ...(alive.length === 0 ? [] : [`channels alive: ${alive.join(', ')}`]),
    ...channels
      .filter((one) => one.state === 'not-checked')
      .map(({ name, reason }) => `channel not checked: ${name} (${reason})`),
  ];
}
