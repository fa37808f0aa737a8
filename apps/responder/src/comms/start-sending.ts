import { startRowWorker, type Logger } from '#platform';
import type { Sending } from './attempt.ts';
import { serverBackChannel } from './bring-forward.ts';
import type { CallbackRoom } from './callbacks/callback-room.ts';
import { messageQueue, type StoredMessage } from './message-row.ts';
import { startNotices } from './notices/start-notices.ts';
import { followOffers } from './offers/follow-offers.ts';
import { startRooms } from './slack-rooms/start-rooms.ts';
import { sendMessage } from './send-message.ts';
import type { TenantLinks } from './status-page/tenants/tenant-links.ts';
import { startUpdates } from './updates/start-updates.ts';

/** Below the 50 connections at once that Postfix allows a client. What goes out at the same time is written together. */
const sentAtOnce = 48;

export interface SendingOptions extends Pick<CallbackRoom, 'db' | 'incidents' | 'people' | 'channels'> {
  readonly sending: Sending;
  /** Where visitors reach the status page; null: nobody has said. */
  readonly statusPageUrl: string | null;
  /** A link to a tenant's own page, for mails to customers; null: there is none. */
  readonly linkFor: TenantLinks['make'] | null;
  readonly log: Logger;
}

/** Starts all that sends: pages, notices, and what follows incidents in Slack. Answers how to stop. */
export async function startSending(options: SendingOptions): Promise<{ stop(): Promise<void> }> {
  const { db, incidents, people, channels, sending, statusPageUrl, linkFor, log } = options;
  const stops: (() => Promise<void>)[] = [];
  const notices = await startNotices({ db, log, incidents, providers: sending.noticeProviders });
  stops.push(() => notices.stop());
  const language = channels.updates?.language ?? 'en';
  const updates = await startUpdates({ db, log, providers: sending.updateProviders, language, linkFor });
  stops.push(() => updates.stop());
  const deaf = await db.listen(serverBackChannel, (server) => {
    if (server !== null) sending.providers.trust(server);
  });
  stops.push(() => Promise.resolve(deaf()));
  const worker = await startRowWorker<StoredMessage>({
    ...messageQueue,
    db,
    log,
    wakeChannel: 'messages',
    concurrency: sentAtOnce,
    // A cut-off send is a possible repeat later: an attempt under way may end.
    graceMs: 4500,
    perform: (row, context) => sendMessage(sending, row, context),
  });
  stops.push(() => worker.stop());
  // Without the secret no button of Slack's could be believed.
  if (channels.slack?.signingSecret !== undefined) {
    const offers = await followOffers({ db, incidents, people, publicUrl: sending.publicUrl, log });
    stops.push(() => offers.stop());
  }
  const rooms = channels.slack?.incidentChannels;
  if (channels.slack !== undefined && rooms !== undefined) {
    const { publicUrl } = sending;
    const about = { db, incidents, people, publicUrl, statusPageUrl, slack: channels.slack, log };
    const kept = await startRooms({ ...about, ...rooms });
    stops.push(() => kept.stop());
  }
  return {
    stop: async () => {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}
