import { postOnce } from './post-once.ts';
import type { Tending } from './room.ts';

/** Gone, or too old to be edited in this workspace. */
const cannotBeEdited = ['message_not_found', 'edit_window_closed', 'cant_update_message'];

/** Keeps one message current and pinned; one that cannot be edited any more is followed by a new one. */
export async function pinSummary(tending: Tending, channel: string, body: object): Promise<void> {
  const { row, ask } = tending;
  const text = JSON.stringify(body);
  const known = row.summary_ts;
  const { ts, isNew } = known === null ? await post(tending, channel, body) : { ts: known, isNew: false };
  if (isNew || (known !== null && row.summary === text)) return pin(tending, channel, ts, isNew);
  const said = await ask('chat.update', { channel, ...body, ts }, cannotBeEdited);
  if (said.ok) {
    await tending.remember('summary = $3', [text]);
    return pin(tending, channel, ts, false);
  }
  const again = await post({ ...tending, row: { ...row, summary_asked: false } }, channel, body);
  return pin(tending, channel, again.ts, true);
}

async function post(
  tending: Tending,
  channel: string,
  body: object,
): Promise<{ readonly ts: string; readonly isNew: boolean }> {
  const posted = await postOnce(tending, {
    channel,
    kind: 'summary',
    body,
    wasAsked: tending.row.summary_asked,
    markAsked: 'summary_asked = true, summary_ts = null, pinned = false',
  });
  // Found again it may say what was true before.
  await tending.remember('summary_ts = $3, summary = $4', [
    posted.ts,
    posted.isNew ? JSON.stringify(body) : null,
  ]);
  return posted;
}

async function pin(
  { row, ask, remember }: Tending,
  channel: string,
  ts: string,
  isNew: boolean,
): Promise<void> {
  if (row.pinned && !isNew) return;
  await ask('pins.add', { channel, timestamp: ts }, ['already_pinned']);
  await remember('pinned = true', []);
}
