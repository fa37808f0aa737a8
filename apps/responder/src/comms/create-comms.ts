import type { Incidents } from '#incidents';
import type { Person } from '#oncall';
import { startRowWorker, type Database, type Logger, type RowWorker, type Transaction } from '#platform';
import type { Channel } from './channel.ts';
import { createEmailChannel } from './email/email-channel.ts';
import { enqueuePage, type PageCommand } from './enqueue-page.ts';
import { createInboxChannel } from './inbox/inbox-channel.ts';
import { readInbox, type InboxMessage } from './inbox/read-inbox.ts';
import { messageQueue, type MessageRow } from './message-row.ts';
import { createPagesOut } from './pages-out.ts';
import { enqueueNotice, type Notice } from './notices/enqueue-notice.ts';
import { startNotices } from './notices/start-notices.ts';
import { sendMessage } from './send-message.ts';

export interface CommsOptions {
  readonly db: Database;
  readonly incidents: Incidents;
  /** Everybody who may be paged, as of now. */
  readonly people: () => readonly Person[];
  readonly smtp?: { readonly url: string; readonly from: string };
  /** Where the console is reached; pages carry a link to it. */
  readonly publicUrl?: string;
  readonly log: Logger;
}

export interface Comms {
  /** Stores the messages of a page in the transaction that decided it. */
  enqueue(tx: Transaction, incidentId: string, command: PageCommand): Promise<void>;
  /** Stores the messages of a notice: it informs a person about no incident. The same id twice is one. */
  inform(tx: Transaction, notice: Notice): Promise<void>;
  /** Starts sending what is due; at least once each, never silently never. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when no page is due or being sent, at the latest after 1.5 s: what is less urgent waits for it. */
  pagesOut(): Promise<void>;
  /** A person's inbox, newest first. */
  inboxOf(person: string): Promise<readonly InboxMessage[]>;
}

export function createComms(options: CommsOptions): Comms {
  const { db, incidents, people, log, smtp } = options;
  const publicUrl = options.publicUrl ?? null;
  const channels: Record<string, Channel> = { inbox: createInboxChannel(db) };
  if (smtp !== undefined) channels['email'] = createEmailChannel(smtp);
  let worker: RowWorker | null = null;
  let notices: RowWorker | null = null;
  return {
    enqueue: (tx, incidentId, command) =>
      enqueuePage(tx, incidentId, command, { people: people(), publicUrl }),
    inform: (tx, notice) => enqueueNotice(tx, notice, people()),
    start: async () => {
      notices ??= await startNotices({ db, log, channels });
      worker ??= await startRowWorker<MessageRow>({
        ...messageQueue,
        db,
        log,
        wakeChannel: 'messages',
        // A cut-off send is a possible repeat later: an attempt under way may end.
        graceMs: 4500,
        perform: (row, context) => sendMessage({ db, incidents, channels }, row, context),
      });
    },
    stop: async () => {
      await worker?.stop();
      worker = null;
      await notices?.stop();
      notices = null;
      for (const channel of Object.values(channels)) channel.close();
    },
    pagesOut: createPagesOut(db),
    inboxOf: (person) => readInbox(db, person),
  };
}
