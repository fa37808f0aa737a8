import type { UpdateClockView, UpdateDeliveryView, UpdateDraftView, UpdatesView } from '@tocsin/contract';
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
    ...one.deliveries.map((delivery) => `  ${deliveryLine(delivery)}`),
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

function deliveryLine({
  channel,
  address,
  tenant,
  state,
  receipt,
  error,
  mayBeRepeat,
}: UpdateDeliveryView): string {
  const whom = [tenant, channel, address].filter((part) => part !== null && part !== '').join(' ');
  const detail = state === 'sent' ? receipt : error;
  return `${whom}: ${state}${mayBeRepeat ? ', may be a repeat' : ''}${detail === null ? '' : ` (${detail})`}`;
}

/** A draft, who would get it, and how it would look there. */
export function draftText(draft: UpdateDraftView): string {
  if (draft.withheld !== null) return `${draft.audience}: no draft; ${draft.withheld}`;
  const targets = draft.targets.map(({ channel, address, tenant, not }) => {
    const whom = [tenant, channel, address].filter((part) => part !== null && part !== '').join(' ');
    return `  ${whom}${not === null ? '' : `: gets nothing, ${not}`}`;
  });
  return [
    `${draft.audience} (${draft.status}), draft: add --send to send it`,
    draft.subject,
    '',
    draft.body,
    '',
    ...(targets.length === 0
      ? [`goes to nobody: channels.updates.targets.${draft.audience} is empty`]
      : ['goes to', ...targets]),
  ].join('\n');
}
