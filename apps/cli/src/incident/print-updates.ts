import {
  deliveryText,
  targetName,
  type UpdateClockView,
  type UpdateDraftView,
  type UpdatePreviewView,
  type UpdatesView,
} from '@tocsin/contract';
import { colors } from '../colors.ts';

const minuteMs = 60_000;

/** Who waits for an update, then what was told, newest first. */
export function updatesText({ clocks, updates }: UpdatesView, now: number): string {
  const told = updates.flatMap((one) => [
    '',
    `${one.at.slice(11, 16)} UTC  ${one.audience} (${one.status}), by ${one.by.name}${one.drill ? ', drill' : ''}`,
    ...(one.insisted === null
      ? []
      : [`  INSISTED: ${one.insisted.reason} (${one.insisted.found.join('; ')})`]),
    ...one.body.split('\n').map((line) => `  | ${line}`),
    ...(one.deliveries.length === 0 ? [`  nobody: channels.updates.targets.${one.audience} is empty`] : []),
    ...one.deliveries.map((delivery) => `  ${deliveryText(delivery)}`),
  ]);
  return [
    ...clocks.map((clock) => clockLine(clock, now)),
    ...(told.length === 0 ? ['', 'nobody has been told anything'] : told),
  ].join('\n');
}

function clockLine(clock: UpdateClockView, now: number): string {
  const { audience, missedAt, rests } = clock;
  const last = clock.lastAt === null ? 'never told' : `told ${clock.lastAt.slice(11, 16)} UTC`;
  if (missedAt !== null && rests === null)
    return colors.red(`${audience}: MISSED, was due ${missedAt.slice(11, 16)} UTC; ${last}`);
  return `${audience}: ${dueWords(clock, now)}; ${last}`;
}

function dueWords({ dueAt, rests }: UpdateClockView, now: number): string {
  if (dueAt === null) return rests ?? 'no further update is asked for';
  const minutes = Math.round((Date.parse(dueAt) - now) / minuteMs);
  const when = `${dueAt.slice(11, 16)} UTC`;
  return minutes < 0 ? `overdue since ${when}` : `due ${when}, in ${minutes} min`;
}

/** A draft, who would get it, and how it would look there. */
export function draftText(draft: UpdateDraftView): string {
  if (draft.withheld !== null) return `${draft.audience}: no draft; ${draft.withheld}`;
  return [
    `${draft.audience} (${draft.status}), draft: add --send to send it`,
    draft.subject,
    '',
    draft.body,
    '',
    ...targetLines(draft.audience, draft.targets),
  ].join('\n');
}

/** A text as it would arrive, and what of it has to stay inside. */
export function previewText(
  audience: string,
  { subject, targets, previews, leaks }: UpdatePreviewView,
): string {
  return [
    subject,
    ...previews.flatMap(({ channel, text }) => ['', colors.bold(`on ${channel}`), text]),
    '',
    ...targetLines(audience, targets),
    ...(leaks.length === 0 ? [] : ['', `stays inside, --insist REASON sends it all the same:`]),
    ...leaks.map((one) => `  ${one}`),
    '',
    'nothing was sent',
  ].join('\n');
}

function targetLines(audience: string, targets: UpdatePreviewView['targets']): readonly string[] {
  if (targets.length === 0) return [`goes to nobody: channels.updates.targets.${audience} is empty`];
  const lines = targets.map(
    (one) => `  ${targetName(one)}${one.not === null ? '' : `: gets nothing, ${one.not}`}`,
  );
  return ['goes to', ...lines];
}
